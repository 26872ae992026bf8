// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.security.SecureRandom;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;

/**
 * What holds for a whole repository.
 *
 * @param version    1, or 2 with compression
 * @param id         random
 * @param polynomial where content is cut
 */
record Config(int version, BlobId id, long polynomial) {

	static Config random(int version, @Nullable Long polynomial) {
		byte[] id = new byte[BlobId.BYTES];
		new SecureRandom().nextBytes(id);
		return new Config(version, BlobId.of(id, 0), polynomial == null ? Polynomial.random() : polynomial);
	}

	byte[] write() {
		return new JsonWriter(200).raw("{\"version\":").number(version).raw(",\"id\":").id(id)
				.raw(",\"chunker_polynomial\":\"").raw(Long.toHexString(polynomial)).raw("\"}").toBytes();
	}

	static Config read(byte[] json) throws IOException {
		int version = 0;
		@Nullable
		BlobId id = null;
		long polynomial = 0;
		JsonReader in = new JsonReader(json);
		in.beginObject();
		while (in.more()) {
			switch (in.name()) {
				case "version" -> version = in.length();
				case "id" -> id = in.id();
				case "chunker_polynomial" -> polynomial = hex(in.string());
				default -> in.skip();
			}
		}
		if (id == null || Polynomial.degree(polynomial) != Polynomial.DEGREE
				|| !Polynomial.isIrreducible(polynomial)) {
			throw new JsonReader.JsonException("A config without an id or a polynomial");
		}
		return new Config(version, id, polynomial);
	}

	private static long hex(String digits) throws IOException {
		try {
			return Long.parseUnsignedLong(digits, 16);
		} catch (NumberFormatException e) {
			throw new JsonReader.JsonException("Not a polynomial");
		}
	}
}
