// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the target asks of the disk below it beyond plain files. {@link #DISK} is the real one; tests put in one that has
 * no hard links, is full, or stops at a step.
 */
interface Medium {

	/** The disk as it is. */
	Medium DISK = new Medium() {
	};

	/** Gives the file a second name that shares its bytes. */
	default void link(Path existing, Path name) throws IOException {
		Files.createLink(name, existing);
	}

	/** Bytes that this user can still write to the store. */
	default long usableBytes(FileStore store) throws IOException {
		return store.getUsableSpace();
	}

	/** Called before bytes are written to a file of a device. */
	default void claim(long bytes) throws IOException {
		// the disk itself refuses
	}

	/** Called when a step of a commit has been done, so that a test can stop there. */
	default void reached(Step step) {
		// goes on
	}

	/** The steps of a commit, in order. */
	enum Step {
		/** The journal is on disk: from here on the commit is completed, by whoever comes next. */
		JOURNALED,
		/** The former newest backup has its archive name, and no folder has the device's name. */
		ARCHIVED,
		/** The new backup has the device's name. */
		RENAMED,
		/** Versions beyond those to be kept are out of sight. */
		PRUNED,
		/** The work folder's leftovers are out of sight. */
		TIDIED,
		/** The journal is gone; only the trash remains to be emptied. */
		DONE
	}
}
