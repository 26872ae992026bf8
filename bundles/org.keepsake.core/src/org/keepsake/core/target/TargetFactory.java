// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.Storages;

/**
 * Opens targets of one kind; the class named in an extension to {@code org.keepsake.core.targets}. Has a public
 * constructor without parameters.
 */
public interface TargetFactory {

	/** The purpose of the secret that opens a repository; see {@link StorageFactory.Context#secret}. */
	String REPOSITORY_PASSWORD = "repository-password";

	/** Whether the location is of this factory's kind; looks at the text only. */
	boolean accepts(String location);

	/** The place where backups go if the person chose none, or null if this kind has no such place. */
	@Nullable
	String defaultLocation();

	/**
	 * What can be set for a place of this kind, in the order in which a person is shown it, and which secrets open it.
	 * Others are refused. Looks at the text only.
	 *
	 * @param storages the stores that are installed
	 */
	default List<Setting> settings(String location, Storages storages) {
		return List.of();
	}

	/**
	 * Opens the target; connects no earlier than the first call needs it. A folder that does not exist yet is created by
	 * the first backup, not by this.
	 *
	 * @throws org.keepsake.core.ProblemException if the location, or one of the settings, is not understood
	 */
	BackupTarget open(String location, Context context) throws IOException;

	/** What a target may ask for. */
	interface Context extends StorageFactory.Context {

		/** The stores that are installed. */
		Storages storages();

		/**
		 * A folder of this place's own for what can be had again, which may be deleted whenever nobody uses it; made if
		 * it is missing, private to its owner.
		 */
		Path cache() throws IOException;
	}
}
