// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A file, folder or link as the index records it.
 *
 * @param domain          such as {@code HomeDomain}
 * @param path            relative to the domain; empty for its root
 * @param fileId          40 hexadecimal digits: the SHA-1 of {@code domain-path}
 * @param kind            what it is
 * @param sizeBytes       length of the content, decrypted, as the device recorded it; it may be stale for a file that
 *                        changed while it was backed up
 * @param mode            POSIX mode with the type bits
 * @param modified        when its content last changed
 * @param protectionClass 1 to 11, 0 where there is none
 * @param linkTarget      where a link points to, else null
 * @param content         how its content is stored: what the reader needs to open it
 */
public record BackupFile(String domain, String path, String fileId, Kind kind, long sizeBytes, int mode,
		Instant modified, int protectionClass, @Nullable String linkTarget, StoredContent content) {

	/** What an entry of the index is. */
	public enum Kind {
		/** A regular file, with content. */
		FILE,
		/** A folder. */
		DIRECTORY,
		/** A symbolic link. */
		LINK
	}
}
