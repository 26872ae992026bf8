// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.Secret;

/**
 * Opens stores of one kind; the class named in an extension to {@code org.keepsake.core.storages}. Has a public
 * constructor without parameters.
 */
public interface StorageFactory {

	/** Whether the location is of this factory's kind; looks at the text only. */
	boolean accepts(String location);

	/**
	 * What can be set for a place of this kind, in the order in which a person is shown it, and which secrets open it.
	 * Others are refused. Looks at the text only.
	 */
	default List<Setting> settings(String location) {
		return List.of();
	}

	/**
	 * Opens the store; connects no earlier than the first call needs it.
	 *
	 * @throws org.keepsake.core.ProblemException {@link StorageProblems#LOCATION} if the location is not understood; a
	 *                                            problem of its own if one of the settings is not
	 */
	Storage open(String location, Context context) throws IOException;

	/** In {@link Context#refused}: all that the store asked for, where it cannot be told which was wrong. */
	String EVERY_SECRET = "*";

	/** What a store may ask for. */
	interface Context {

		/** The environment's variables, such as {@code AWS_ACCESS_KEY_ID}. */
		Map<String, String> environment();

		/** Settings of the target, such as {@code region} or {@code limit.upload}. */
		Map<String, String> settings();

		/**
		 * A secret by its purpose, such as {@code password}: from secure storage, a prompt or a file. The caller closes it.
		 *
		 * @return empty if there is none
		 */
		Optional<Secret> secret(String purpose) throws IOException;

		/** The same without asking anybody, for a store that has other ways in. */
		default Optional<Secret> knownSecret(String purpose) throws IOException {
			return secret(purpose);
		}

		/**
		 * Tells that the secret of this purpose is wrong, or {@link StorageFactory#EVERY_SECRET} of a store's.
		 *
		 * @return whether {@link #secret} gives another one now, so that it is worth another attempt
		 */
		default boolean refused(String purpose) throws IOException {
			return false;
		}

		/** Tells that the secret of this purpose was right, so that it can be remembered if a person asked for that. */
		default void accepted(String purpose) throws IOException {
			// Nothing is remembered.
		}
	}
}
