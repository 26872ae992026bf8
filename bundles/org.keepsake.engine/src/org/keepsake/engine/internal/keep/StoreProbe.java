// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.keep;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.StoreTrial;
import org.keepsake.engine.StoreTrial.Action;
import org.keepsake.engine.StoreTrial.Attempt;
import org.keepsake.engine.StoreTrial.Outcome;
import org.keepsake.engine.internal.Texts;

/**
 * Tries a store with a file of its own: random bytes among the packs, which no index names, so that no reader of a
 * repository misses or minds it. What is not its own it never touches. For one run.
 */
final class StoreProbe {

	private static final int BYTES = 4 << 20;
	/** Of a file that will probably have to stay. */
	private static final int SMALL_BYTES = 16 << 10;
	private static final int DIGEST_BYTES = 32;
	private static final List<String> OTHER_KINDS = List.of("snapshots", "index", "keys");

	private final Storage storage;
	private final boolean appendOnly;
	private final JobMonitor monitor;
	private final SecureRandom random = new SecureRandom();
	private final List<Attempt> attempts = new ArrayList<>();
	private final byte[] content;
	private final String name;

	/** @param appendOnly whether deleting is expected to be refused, so that the file stays */
	StoreProbe(Storage storage, boolean appendOnly, JobMonitor monitor) {
		this.storage = storage;
		this.appendOnly = appendOnly;
		this.monitor = monitor;
		content = randomBytes(appendOnly ? SMALL_BYTES : BYTES);
		name = "data/" + HexFormat.of().formatHex(digest(content));
	}

	/** Tries it. @param attack also to overwrite and to delete as an intruder would */
	StoreTrial run(boolean attack) throws IOException {
		monitor.report(new JobEvent.Phase("trying", Texts.of("store.trying")));
		if (storage.size("config").isEmpty()) {
			storage.create();
		}
		long writing = System.nanoTime();
		storage.put(name, new Bytes(content));
		long written = System.nanoTime();
		note(Action.WRITE, Outcome.DONE, false);
		long read;
		try {
			monitor.throwIfCancelled();
			readBack();
			read = System.nanoTime();
			monitor.throwIfCancelled();
			list();
			if (attack) {
				overwrite();
				deleteOtherKinds();
			}
		} catch (IOException | RuntimeException e) {
			removeAfter(e);
			throw e;
		}
		return new StoreTrial(storage.location(), appendOnly, attempts, remove() ? List.of() : List.of(name),
				content.length, rate(written - writing), rate(read - written));
	}

	private void removeAfter(Exception failure) {
		try {
			storage.delete(name);
		} catch (IOException e) {
			failure.addSuppressed(e);
		}
	}

	private long rate(long nanos) {
		return Math.round(content.length * 1e9 / Math.max(1, nanos));
	}

	private void note(Action action, Outcome outcome, boolean harmful) {
		attempts.add(new Attempt(action, outcome, harmful));
	}

	private void readBack() throws IOException {
		boolean same = Arrays.equals(content, read(0, -1));
		int middle = content.length / 2;
		if (!same || !Arrays.equals(Arrays.copyOfRange(content, middle, middle + 100), read(middle, 100))) {
			throw failed("store.read-differs");
		}
		note(Action.READ, Outcome.DONE, false);
	}

	private byte[] read(long offset, long length) throws IOException {
		try (InputStream in = storage.get(name, offset, length)) {
			return in.readNBytes(content.length + 1);
		} catch (EOFException e) {
			return new byte[0];
		}
	}

	private void list() throws IOException {
		boolean[] found = new boolean[1];
		storage.list("data", (each, size) -> {
			monitor.throwIfCancelled();
			found[0] |= each.equals(name) && size == content.length;
			return !found[0];
		});
		if (!found[0]) {
			throw failed("store.not-listed");
		}
		note(Action.LIST, Outcome.DONE, false);
	}

	private ProblemException failed(String text) {
		return EngineProblems.TARGET_FAILED.exception(storage.location(), Texts.of(text));
	}

	private void overwrite() throws IOException {
		byte[] other = randomBytes(SMALL_BYTES);
		Outcome again = attempt(() -> {
			storage.put(name, new Bytes(other));
			return true;
		});
		note(Action.PUT_AGAIN, again, true);
		Outcome hard = attempt(() -> storage.overwrite(name, new Bytes(other)));
		boolean changed = storage.size(name).filter(size -> size.longValue() == content.length).isEmpty();
		note(Action.OVERWRITE, changed && hard != Outcome.DONE ? Outcome.DONE : hard, true);
	}

	/** What is not there cannot be harmed; a store that refuses even so protects these kinds. */
	private void deleteOtherKinds() throws IOException {
		boolean refused = true;
		for (String kind : OTHER_KINDS) {
			String nothing = kind + '/' + HexFormat.of().formatHex(randomBytes(DIGEST_BYTES));
			refused &= attempt(() -> {
				storage.delete(nothing);
				return true;
			}) == Outcome.REFUSED;
		}
		note(Action.DELETE_OTHER_KINDS, refused ? Outcome.REFUSED : Outcome.UNKNOWN, true);
	}

	/** Whether the file is gone. */
	private boolean remove() throws IOException {
		attempt(() -> {
			storage.delete(name);
			return true;
		});
		boolean gone = storage.size(name).isEmpty();
		note(Action.DELETE, gone ? Outcome.DONE : Outcome.REFUSED, true);
		return gone;
	}

	@FunctionalInterface
	private interface Try {
		boolean run() throws IOException;
	}

	private static Outcome attempt(Try what) throws IOException {
		try {
			return what.run() ? Outcome.DONE : Outcome.UNKNOWN;
		} catch (StorageException e) {
			if (e.reason() == StorageException.Reason.FORBIDDEN || e.reason() == StorageException.Reason.EXISTS) {
				return Outcome.REFUSED;
			}
			throw e;
		} catch (ProblemException e) {
			if (e.is(StorageProblems.FORBIDDEN)) {
				return Outcome.REFUSED;
			}
			throw e;
		}
	}

	private byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] digest(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	private record Bytes(byte[] content) implements BlobSource {
		@Override
		public long sizeBytes() {
			return content.length;
		}

		@Override
		public InputStream open() {
			return new ByteArrayInputStream(content);
		}

		@Override
		public byte[] sha256() {
			return digest(content);
		}
	}
}
