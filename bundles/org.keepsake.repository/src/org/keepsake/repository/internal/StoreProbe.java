// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.StoreTrial;
import org.keepsake.repository.StoreTrial.Action;
import org.keepsake.repository.StoreTrial.Attempt;
import org.keepsake.repository.StoreTrial.Outcome;

/** Tries a store: see {@link StoreTrial#run}. For one run. */
public final class StoreProbe {

	/** What may have to stay, where nothing can be deleted, is small. */
	private static final int SMALL = 16 << 10;
	private static final int LARGE = 4 << 20;
	private static final int DIGEST_BYTES = 32;
	private static final List<String> OTHER_KINDS = List.of("snapshots", "index", "keys");

	private final Storage storage;
	private final boolean appendOnly;
	private final JobMonitor monitor;
	private final SecureRandom random = new SecureRandom();
	private final List<Attempt> attempts = new ArrayList<>();
	private final List<String> leftBehind = new ArrayList<>();
	/** No repository is there. */
	private boolean bare;
	private long written;
	private long writeNanos;
	private long readNanos;

	/** @param appendOnly whether deleting is expected to be refused */
	public StoreProbe(Storage storage, boolean appendOnly, JobMonitor monitor) {
		this.storage = storage;
		this.appendOnly = appendOnly;
		this.monitor = monitor;
	}

	/** Tries it. @param attack also to overwrite and to delete as an intruder would */
	public StoreTrial run(boolean attack) throws IOException {
		bare = storage.size("config").isEmpty();
		if (bare && !storage.isThere()) {
			throw RepositoryProblems.NO_PLACE.exception(storage.location());
		}
		Probe small = new Probe(bytesOfToday());
		small.write();
		small.tryOut(attack);
		if (small.remove()) {
			Probe large = new Probe(randomBytes(LARGE));
			large.write();
			large.tryAgain();
		}
		return new StoreTrial(storage.location(), appendOnly, attempts, leftBehind, written, rate(writeNanos),
				rate(readNanos));
	}

	private long rate(long nanos) {
		return Math.round(written * 1e9 / Math.max(1, nanos));
	}

	private void note(Action action, Outcome outcome, boolean harmful) {
		attempts.add(new Attempt(action, outcome, harmful));
	}

	/** One file of ours. */
	private final class Probe {

		private final byte[] content;
		private final String name;

		Probe(byte[] content) {
			this.content = content;
			name = "data/" + HexFormat.of().formatHex(digest(content));
		}

		void write() throws IOException {
			long writing = System.nanoTime();
			try {
				storage.put(name, new Bytes(content, digest(content)));
			} catch (StorageException e) {
				// Left by another check of this day, where nothing can be deleted.
				if (e.reason() != StorageException.Reason.EXISTS) {
					throw e;
				}
			}
			writeNanos = System.nanoTime() - writing;
			written = content.length;
		}

		void tryOut(boolean attack) throws IOException {
			note(Action.WRITE, Outcome.DONE, false);
			try {
				monitor.throwIfCancelled();
				readBack();
				note(Action.READ, Outcome.DONE, false);
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
		}

		/** For how fast it goes. */
		void tryAgain() throws IOException {
			try {
				readBack();
				storage.delete(name);
				leaveNoFolder();
			} catch (IOException | RuntimeException e) {
				removeAfter(e);
				throw e;
			}
		}

		private void removeAfter(Exception failure) {
			try {
				storage.delete(name);
				leaveNoFolder();
			} catch (IOException e) {
				failure.addSuppressed(e);
			}
		}

		/** A check is no preparation. */
		private void leaveNoFolder() throws IOException {
			if (bare) {
				storage.removeEmptyFolders(name);
			}
		}

		private void readBack() throws IOException {
			long reading = System.nanoTime();
			boolean same = Arrays.equals(content, read(0, -1));
			readNanos = System.nanoTime() - reading;
			int middle = content.length / 2;
			if (!same || !Arrays.equals(Arrays.copyOfRange(content, middle, middle + 100), read(middle, 100))) {
				throw changed();
			}
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
				throw changed();
			}
			note(Action.LIST, Outcome.DONE, false);
		}

		private ProblemException changed() {
			return RepositoryProblems.STORE_CHANGES.exception(storage.location());
		}

		private void overwrite() throws IOException {
			byte[] other = randomBytes(SMALL);
			Outcome again = attempt(() -> {
				storage.put(name, new Bytes(other, digest(other)));
				return true;
			});
			note(Action.PUT_AGAIN, again, true);
			Outcome hard = attempt(() -> storage.overwrite(name, new Bytes(other, digest(other))));
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

		/** @return whether the file is gone */
		boolean remove() throws IOException {
			attempt(() -> {
				storage.delete(name);
				return true;
			});
			boolean gone = storage.size(name).isEmpty();
			note(Action.DELETE, gone ? Outcome.DONE : Outcome.REFUSED, true);
			if (gone) {
				leaveNoFolder();
			} else {
				leftBehind.add(name);
			}
			return gone;
		}
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

	/** The same for a day, so that checks leave no more than one small file a day where nothing can be deleted. */
	private static byte[] bytesOfToday() {
		byte[] bytes = new byte[SMALL];
		new Random(LocalDate.now(ZoneOffset.UTC).toEpochDay()).nextBytes(bytes);
		return bytes;
	}

	private byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] digest(byte[] bytes) {
		return Vault.sha256().digest(bytes);
	}
}
