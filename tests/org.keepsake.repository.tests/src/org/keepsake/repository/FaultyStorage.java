// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.StorageException;

/**
 * A store that fails at random: calls that do not get through, answers that are lost after it did what it was asked,
 * content that breaks off while it is read, and an end of its room. Every thread has its luck by one seed.
 */
final class FaultyStorage extends TestStorage {

	/** What it says when it fails. */
	static final String FAULT = "Out of luck";

	private final Random random;
	private final double part;
	private long roomBytes = Long.MAX_VALUE;

	/** @param part of calls that fail, from 0 to 1 */
	FaultyStorage(Path root, long seed, double part) {
		super(root);
		this.random = new Random(seed);
		this.part = part;
	}

	/** Has room for so many bytes more. */
	FaultyStorage withRoom(long bytes) {
		roomBytes = bytes;
		return this;
	}

	private synchronized boolean fails() {
		return random.nextDouble() < part;
	}

	private synchronized int anyOf(int bound) {
		return random.nextInt(bound);
	}

	private void before() throws IOException {
		if (fails()) {
			throw new IOException(FAULT);
		}
	}

	private synchronized void take(String name, long bytes) throws StorageException {
		if (bytes > roomBytes) {
			throw new StorageException(StorageException.Reason.NO_SPACE, name);
		}
		roomBytes -= bytes;
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		before();
		take(name, content.sizeBytes());
		super.put(name, content);
		before();
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		before();
		InputStream whole = super.get(name, offset, length);
		return fails() ? breaking(whole, anyOf(5000)) : whole;
	}

	private static InputStream breaking(InputStream whole, int after) {
		return new FilterInputStream(whole) {
			private int left = after;

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (left == 0) {
					throw new IOException(FAULT);
				}
				int n = super.read(bytes, offset, Math.min(left, length));
				left -= Math.max(n, 0);
				return n;
			}
		};
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		before();
		super.list(kind, visitor);
	}

	@Override
	public void delete(String name) throws IOException {
		before();
		super.delete(name);
		before();
	}
}
