// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.BackupFile;

/**
 * A file as the index records it, and what is wrong with the record itself.
 *
 * @param file what could be read of it
 * @param flaw what is wrong, for a person; null for a sound record
 */
record IndexEntry(BackupFile file, @Nullable String flaw) {

	/** Receives entries one by one. */
	@FunctionalInterface
	interface Visitor {
		/** @return false to end the visit */
		boolean visit(IndexEntry entry) throws IOException;
	}
}
