// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where blobs lie in a bucket, as restic's default layout has it: {@code PREFIX/config}, {@code PREFIX/keys/…} and
 * {@code PREFIX/data/ab/ab12…}. Source: restic/restic doc/design.rst, "Repository Layout".
 */
record S3Names(String prefix) {

	private static final Pattern NAME = Pattern.compile("config|(?:keys|locks|snapshots|index|data)/[0-9a-f]{64}");
	private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
	private static final List<String> KINDS = List.of("keys", "locks", "snapshots", "index", "data");

	/** @throws IllegalArgumentException if it is no blob's name */
	String key(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("Not the name of a blob");
		}
		String digits = name.substring(name.indexOf('/') + 1);
		return root() + (name.startsWith("data/") ? "data/" + digits.substring(0, 2) + "/" + digits : name);
	}

	/** What the keys of a kind begin with. */
	String folder(String kind) {
		if (!KINDS.contains(kind)) {
			throw new IllegalArgumentException("Not a kind of blobs");
		}
		return root() + kind + "/";
	}

	/** The blob that a key of a kind stands for; empty if it is none. */
	Optional<String> name(String kind, String key) {
		String digits = key.substring(key.lastIndexOf('/') + 1);
		return DIGITS.matcher(digits).matches() && key.equals(key(kind + "/" + digits))
				? Optional.of(kind + "/" + digits)
				: Optional.empty();
	}

	/** Whether a key is that of a blob of this place. */
	boolean isBlob(String key) {
		return key.equals(key("config")) || KINDS.stream().anyMatch(kind -> name(kind, key).isPresent());
	}

	/** What all keys begin with; empty if the place is the whole bucket. */
	String root() {
		return prefix.isEmpty() ? "" : prefix + "/";
	}
}
