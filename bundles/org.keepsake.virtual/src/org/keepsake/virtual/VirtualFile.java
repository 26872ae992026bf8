// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * One file, directory or link on a virtual iPhone.
 *
 * @param domain             backup domain, such as {@code HomeDomain}
 * @param path               relative to the domain's root; empty for the root
 * @param kind               what it is
 * @param mode               permission bits, without the type
 * @param uid                owner, 501 is mobile
 * @param gid                group
 * @param inode              unique on the device
 * @param modified           content changed
 * @param changed            status changed
 * @param born               made
 * @param sizeBytes          length of a regular file
 * @param protectionClass    1 to 4; 0 for directories and links
 * @param linkTarget         of a link, else null
 * @param extendedAttributes a binary property list, or null
 */
public record VirtualFile(String domain, String path, Kind kind, int mode, int uid, int gid, long inode,
		Instant modified, Instant changed, Instant born, long sizeBytes, int protectionClass,
		@Nullable String linkTarget, byte @Nullable [] extendedAttributes) {

	/** What an entry is. */
	public enum Kind {
		/** A regular file. */
		FILE,
		/** A directory. */
		DIRECTORY,
		/** A symbolic link. */
		LINK
	}
}
