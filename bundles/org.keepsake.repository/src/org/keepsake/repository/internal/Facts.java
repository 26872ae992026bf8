// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import org.keepsake.repository.Node;

/** Permissions and dates of what is exported. Thread-safe. */
final class Facts {

	private static final PosixFilePermission[] PERMISSIONS = { PosixFilePermission.OTHERS_EXECUTE,
			PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_EXECUTE,
			PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ, PosixFilePermission.OWNER_EXECUTE,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ };

	private volatile boolean posix = true;

	/** Sets what the node says, as far as this system can. */
	void set(Path path, Node node) throws IOException {
		if (posix) {
			try {
				Files.setPosixFilePermissions(path, permissions(node.permissions()));
			} catch (UnsupportedOperationException e) {
				posix = false;
			}
		}
		Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(FileTime.from(node.modified()), null,
				null);
	}

	private static Set<PosixFilePermission> permissions(int bits) {
		EnumSet<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
		for (int i = 0; i < PERMISSIONS.length; i++) {
			if ((bits >>> i & 1) != 0) {
				set.addAll(Arrays.asList(PERMISSIONS[i]));
			}
		}
		return set;
	}
}
