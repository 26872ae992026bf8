// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageException.Reason;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.StoreTrial;
import org.keepsake.repository.StoreTrial.Action;
import org.keepsake.repository.StoreTrial.Outcome;

class StoreProbeTest {

	/** Blobs in memory; refuses what a test says. */
	private static class Blobs implements Storage {

		final Map<String, byte[]> blobs = new TreeMap<>();
		boolean addOnly;
		boolean missing;
		int cleared;
		boolean mayOverwrite = true;
		boolean canTryToOverwrite = true;

		@Override
		public String location() {
			return "memory";
		}

		@Override
		public void create() {
			throw new AssertionError("A check makes nothing");
		}

		@Override
		public void removeEmptyFolders(String name) {
			assertFalse(blobs.containsKey(name), "only after the file itself");
			cleared++;
		}

		@Override
		public void put(String name, BlobSource content) throws IOException {
			if (blobs.containsKey(name)) {
				throw new StorageException(Reason.EXISTS, name);
			}
			blobs.put(name, read(content));
		}

		private static byte[] read(BlobSource content) throws IOException {
			try (InputStream in = content.open()) {
				return in.readAllBytes();
			}
		}

		@Override
		public InputStream get(String name, long offset, long length) throws IOException {
			byte[] bytes = blobs.getOrDefault(name, new byte[0]);
			int end = length < 0 ? bytes.length : (int) (offset + length);
			return new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, end));
		}

		@Override
		public Optional<Long> size(String name) {
			return Optional.ofNullable(blobs.get(name)).map(bytes -> Long.valueOf(bytes.length));
		}

		@Override
		public void list(String kind, Visitor visitor) throws IOException {
			if (missing) {
				throw StorageProblems.NO_SUCH_PLACE.exception(location());
			}
			for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
				if (blob.getKey().startsWith(kind + '/')
						&& !visitor.visit(blob.getKey(), blob.getValue().length)) {
					return;
				}
			}
		}

		@Override
		public void delete(String name) throws IOException {
			if (addOnly) {
				throw new StorageException(Reason.FORBIDDEN, name);
			}
			blobs.remove(name);
		}

		@Override
		public boolean overwrite(String name, BlobSource content) throws IOException {
			if (!canTryToOverwrite) {
				return false;
			}
			if (!mayOverwrite) {
				throw new StorageException(Reason.FORBIDDEN, name);
			}
			blobs.put(name, read(content));
			return true;
		}

		@Override
		public Optional<Capacity> capacity() {
			return Optional.empty();
		}

		@Override
		public void close() {
			// Nothing is open.
		}
	}

	private final Blobs store = new Blobs();

	@Test
	void makesNoPlaceThatIsNotThere() {
		store.missing = true;
		ProblemException told = assertThrows(ProblemException.class, () -> tried(false, true));
		assertTrue(told.is(RepositoryProblems.NO_PLACE), told::toString);
		assertEquals(Map.of(), store.blobs);
	}

	@Test
	void leavesNoFolderWhereThereIsNoRepository() throws IOException {
		tried(false, false);
		assertEquals(2, store.cleared);
		store.blobs.put("config", new byte[1]);
		tried(false, false);
		assertEquals(2, store.cleared);
	}

	private StoreTrial tried(boolean appendOnly, boolean attack) throws IOException {
		return new StoreProbe(store, appendOnly, JobMonitor.NONE).run(attack);
	}

	@Test
	void leavesNothingWhereItMayDelete() throws IOException {
		StoreTrial trial = tried(false, false);
		assertEquals(List.of(Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.DONE),
				List.of(trial.of(Action.WRITE), trial.of(Action.READ), trial.of(Action.LIST), trial.of(Action.DELETE)));
		assertEquals(Map.of(), store.blobs);
		assertEquals(List.of(), trial.leftBehind());
	}

	@Test
	void saysWhatItCouldNotRemove() throws IOException {
		store.addOnly = true;
		StoreTrial trial = tried(true, false);
		assertEquals(Outcome.REFUSED, trial.of(Action.DELETE));
		assertEquals(List.copyOf(store.blobs.keySet()), trial.leftBehind());
		assertTrue(trial.probeBytes() < 100_000, "a small one, since it stays");
	}

	@Test
	void anAttackFailsWhereFilesCanOnlyBeAdded() throws IOException {
		store.addOnly = true;
		store.mayOverwrite = false;
		StoreTrial trial = tried(true, true);
		assertEquals(List.of(), trial.dangers());
		assertEquals(List.of(Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED, Outcome.REFUSED),
				List.of(trial.of(Action.PUT_AGAIN), trial.of(Action.OVERWRITE), trial.of(Action.DELETE_OTHER_KINDS),
						trial.of(Action.DELETE)));
	}

	@Test
	void anAttackTellsThatFilesCanBeDeletedOrOverwritten() throws IOException {
		assertEquals(List.of(Action.OVERWRITE, Action.DELETE), tried(true, true).dangers());
		store.addOnly = true;
		assertEquals(List.of(Action.OVERWRITE), tried(true, true).dangers());
	}

	@Test
	void whatCouldNotBeTriedIsNotCalledRefused() throws IOException {
		store.canTryToOverwrite = false;
		assertEquals(Outcome.UNKNOWN, tried(true, true).of(Action.OVERWRITE));
	}

	@Test
	void nothingOfOthersIsTouched() throws IOException {
		byte[] mine = { 1, 2, 3 };
		for (String kind : List.of("config", "keys/", "locks/", "snapshots/", "index/", "data/")) {
			store.blobs.put(kind.endsWith("/") ? kind + "ab".repeat(32) : kind, mine);
		}
		Map<String, byte[]> before = Map.copyOf(store.blobs);
		tried(true, true);
		assertEquals(before.keySet(), store.blobs.keySet());
		store.blobs.values().forEach(bytes -> assertArrayEquals(mine, bytes));
	}

	@Test
	void aStoreThatGivesBackOtherBytesIsAProblemAndStaysClean() {
		Blobs wrong = new Blobs() {
			@Override
			public InputStream get(String name, long offset, long length) {
				return new ByteArrayInputStream(new byte[] { 7 });
			}
		};
		assertThrows(ProblemException.class, () -> new StoreProbe(wrong, false, JobMonitor.NONE).run(true));
		assertEquals(Map.of(), wrong.blobs);
	}

	@Test
	void aFileThatIsNotListedIsAProblem() {
		Blobs forgetful = new Blobs() {
			@Override
			public void list(String kind, Visitor visitor) {
				// Nothing.
			}
		};
		assertThrows(ProblemException.class, () -> new StoreProbe(forgetful, false, JobMonitor.NONE).run(false));
	}
}
