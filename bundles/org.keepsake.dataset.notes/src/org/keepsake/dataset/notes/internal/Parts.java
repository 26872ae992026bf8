// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.ProtobufReader;

/**
 * The messages of a repeated field, read one after the other: all at once they take twenty times the memory of their
 * bytes, and a few compressed bytes can be a million of them.
 */
final class Parts {

	private Parts() {
	}

	/** Each message of the field in turn. */
	static Iterable<ProtobufReader> each(@Nullable ProtobufReader message, int field) {
		List<byte[]> all = message == null ? List.of() : message.allBytes(field);
		return () -> all.stream().map(ProtobufReader::new).iterator();
	}

	/** The first message of the field; null if there is none. */
	static @Nullable ProtobufReader first(@Nullable ProtobufReader message, int field) {
		List<byte[]> all = message == null ? List.of() : message.allBytes(field);
		return all.isEmpty() ? null : new ProtobufReader(all.getFirst());
	}
}
