// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;

/**
 * The secrets that places of backups are opened with: the password of a repository
 * ({@link org.keepsake.core.target.TargetFactory#REPOSITORY_PASSWORD}), and what a server wants, such as
 * {@code password}. Thread-safe.
 *
 * <p>
 * Looked for in this order: what was given to this process; the environment; what is remembered on this computer,
 * encrypted; whoever is there to be asked. In the environment a repository's password is
 * {@code KEEPSAKE_REPOSITORY_PASSWORD}, or the first line of the file that {@code KEEPSAKE_REPOSITORY_PASSWORD_FILE}
 * names; another secret is {@code KEEPSAKE_STORAGE_<PURPOSE>}, likewise with {@code _FILE}.
 *
 * <p>
 * A place is a target's name or its location.
 */
public interface PlaceSecrets {

	/**
	 * Gives a secret for as long as this engine is open.
	 *
	 * @param secret   copied
	 * @param remember whether to remember it on this computer once it has proved right
	 */
	void give(String place, String purpose, Secret secret, boolean remember) throws IOException;

	/** Tells that what was given for a place is right, so that what is to be remembered is. */
	void proved(String place) throws IOException;

	/** Whether a secret of a place is remembered on this computer. */
	boolean remembers(String place, String purpose) throws IOException;

	/** Forgets all remembered secrets of a place. */
	void forget(String place) throws IOException;

	/** Names who is to be asked, or null for nobody. */
	void askWith(@Nullable Asker asker);

	/** Asks a person. Called by the thread that opens the place, one at a time. */
	@FunctionalInterface
	interface Asker {
		/**
		 * Asks.
		 *
		 * @param place   what the person calls it
		 * @param purpose which secret
		 * @param again   whether the one before was wrong
		 * @return empty if nobody can answer; throws {@link org.keepsake.core.CancelledException} if the person would not
		 */
		Optional<Answer> ask(String place, String purpose, boolean again) throws IOException;
	}

	/**
	 * What a person answered.
	 *
	 * @param secret   closed by the receiver
	 * @param remember whether to remember it on this computer once it has proved right
	 */
	record Answer(Secret secret, boolean remember) {
	}
}
