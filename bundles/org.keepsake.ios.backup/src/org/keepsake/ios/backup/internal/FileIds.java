// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names under which files are stored: 40 lower-case hexadecimal digits, the SHA-1 of {@code domain-path}. */
final class FileIds {

	private static final int LENGTH = 40;

	private FileIds() {
	}

	/** Whether the text has the form of such a name, and so is fit to be part of a path. */
	static boolean isValid(String id) {
		if (id.length() != LENGTH) {
			return false;
		}
		for (int i = 0; i < LENGTH; i++) {
			char c = id.charAt(i);
			if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
				return false;
			}
		}
		return true;
	}

	/** A digest for {@link #of}; not to be shared between threads. */
	static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("This JDK lacks SHA-1", e);
		}
	}

	/** The name for a file. The bytes are taken as they are recorded, in whatever Unicode form. */
	static String of(MessageDigest sha1, byte[] domain, byte[] path) {
		sha1.update(domain);
		sha1.update((byte) '-');
		sha1.update(path);
		return HexFormat.of().formatHex(sha1.digest());
	}

	/** The same for text. */
	static String of(MessageDigest sha1, String domain, String path) {
		return of(sha1, domain.getBytes(StandardCharsets.UTF_8), path.getBytes(StandardCharsets.UTF_8));
	}
}
