// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import org.keepsake.ios.backup.BackupFile.Kind;

/** The type bits of POSIX modes. */
final class Modes {

	private static final int TYPE = 0xF000;
	private static final int FOLDER = 0x4000;
	private static final int LINK = 0xA000;

	private Modes() {
	}

	/** What a mode says an entry is; a regular file where it says nothing we know. */
	static Kind kind(int mode) {
		return switch (mode & TYPE) {
			case FOLDER -> Kind.DIRECTORY;
			case LINK -> Kind.LINK;
			default -> Kind.FILE;
		};
	}
}
