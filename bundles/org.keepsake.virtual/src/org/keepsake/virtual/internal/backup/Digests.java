// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-1 digests as text, by which the device knows what it gave away. */
final class Digests {

	private Digests() {
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(Crypto.sha1().digest(bytes));
	}

	static String hex(Path file) throws IOException {
		MessageDigest digest = Crypto.sha1();
		try (InputStream in = Files.newInputStream(file)) {
			byte[] buffer = new byte[1 << 16];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				digest.update(buffer, 0, n);
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
