// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.util.concurrent.ConcurrentLinkedDeque;

import org.eclipse.jdt.annotation.Nullable;

/** Codecs that nobody uses at the moment. Thread-safe. */
final class Codecs implements AutoCloseable {

	private final MasterKey keys;
	private final ConcurrentLinkedDeque<Codec> free = new ConcurrentLinkedDeque<>();
	private volatile boolean closed;

	Codecs(MasterKey keys) {
		this.keys = keys;
	}

	/** To be given back with {@link #release}. */
	Codec take() {
		@Nullable
		Codec codec = free.pollFirst();
		return codec == null ? new Codec(keys) : codec;
	}

	void release(Codec codec) {
		if (closed) {
			codec.close();
		} else {
			free.addFirst(codec);
		}
	}

	MasterKey keys() {
		return keys;
	}

	@Override
	public void close() {
		closed = true;
		for (@Nullable
		Codec codec = free.pollFirst(); codec != null; codec = free.pollFirst()) {
			codec.close();
		}
	}
}
