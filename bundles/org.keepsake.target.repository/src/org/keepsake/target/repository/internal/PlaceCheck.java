// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageException.Reason;
import org.keepsake.core.target.Capacity;

/** Tries out what keeping backups needs of a store. */
final class PlaceCheck {

	private static final int SMALL = 1 << 10;
	private static final int LARGE = 4 << 20;

	private final String location;
	private final Connections.Lease lease;
	private final List<String> sentences = new ArrayList<>();

	PlaceCheck(String location, Connections.Lease lease) {
		this.location = location;
		this.lease = lease;
	}

	/** Sentences for a person. @throws IOException if backups cannot be kept there */
	List<String> run() throws IOException {
		sentences.add(Texts.OPENS.text(location, lease.repository().readableSnapshots().size()));
		// The same each time, so that where nothing can be deleted only one of them stays.
		Trial small = new Trial(bytes(0, SMALL));
		small.write();
		small.find();
		small.readBack();
		sentences.add(Texts.WRITES.text());
		if (small.delete()) {
			sentences.add(Texts.DELETES.text());
			speed();
		} else {
			sentences.add(Texts.ADDS_ONLY.text());
		}
		room();
		return List.copyOf(sentences);
	}

	private void speed() throws IOException {
		Trial large = new Trial(bytes(System.nanoTime(), LARGE));
		try {
			long begun = System.nanoTime();
			large.write();
			long written = System.nanoTime();
			large.readBack();
			long read = System.nanoTime();
			sentences.add(Texts.SPEED.text(perSecond(written - begun), perSecond(read - written)));
		} finally {
			large.delete();
		}
	}

	private static String perSecond(long nanos) {
		return bytes(Math.round(LARGE * 1e9 / Math.max(1, nanos)));
	}

	private void room() throws IOException {
		Capacity room = lease.storage().room();
		Long total = room.totalBytes();
		if (lease.storage().hasQuota() && total != null) {
			sentences.add(Texts.QUOTA.text(bytes(room.freeBytes()), bytes(total)));
		} else if (lease.storage().capacity().isPresent()) {
			sentences.add(Texts.FREE.text(bytes(room.freeBytes())));
		} else {
			sentences.add(Texts.UNLIMITED.text());
		}
	}

	private static String bytes(long bytes) {
		String[] units = { "KB", "MB", "GB", "TB", "PB" };
		double size = bytes / 1000.0;
		int unit = 0;
		while (size >= 999.5 && unit < units.length - 1) {
			size /= 1000;
			unit++;
		}
		return String.format(Locale.getDefault(), size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
	}

	private static byte[] bytes(long seed, int length) {
		byte[] bytes = new byte[length];
		new Random(seed).nextBytes(bytes);
		return bytes;
	}

	/** A file that is there for a moment; to others a pack that no index lists. */
	private final class Trial implements BlobSource {

		private final byte[] content;
		private final byte[] digest;
		private final String name;

		Trial(byte[] content) {
			this.content = content;
			this.digest = digest(content);
			this.name = "data/" + HexFormat.of().formatHex(digest);
		}

		private static byte[] digest(byte[] content) {
			try {
				return MessageDigest.getInstance("SHA-256").digest(content);
			} catch (NoSuchAlgorithmException e) {
				throw new IllegalStateException("Every Java has SHA-256", e);
			}
		}

		void write() throws IOException {
			try {
				lease.storage().put(name, this);
			} catch (StorageException e) {
				if (e.reason() != Reason.EXISTS) {
					throw e;
				}
			}
		}

		void find() throws IOException {
			if (!lease.storage().names("data").contains(name)) {
				throw RepositoryTargetProblems.CHANGED_CONTENT.exception(location);
			}
		}

		void readBack() throws IOException {
			try (InputStream in = lease.storage().get(name, 0, -1)) {
				if (!Arrays.equals(in.readNBytes(content.length + 1), content)) {
					throw RepositoryTargetProblems.CHANGED_CONTENT.exception(location);
				}
			}
		}

		/** @return whether it could be deleted */
		boolean delete() throws IOException {
			try {
				lease.storage().delete(name);
				return true;
			} catch (StorageException e) {
				if (e.reason() == Reason.FORBIDDEN) {
					return false;
				}
				throw e;
			}
		}

		@Override
		public long sizeBytes() {
			return content.length;
		}

		@Override
		public InputStream open() {
			return new java.io.ByteArrayInputStream(content);
		}

		@Override
		public byte[] sha256() {
			return digest.clone();
		}
	}
}
