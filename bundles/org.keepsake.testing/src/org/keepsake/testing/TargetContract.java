// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keepsake.core.CancelledException;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;

/**
 * What every {@link BackupTarget} must do. Each test begins with a new, empty place. The class is long because a
 * contract is read in one piece; every nested class is one operation.
 */
public abstract class TargetContract {

	/** A device whose backups the tests make. */
	protected final SampleDevice device = new SampleDevice(new Udid("00008110-00123456789ABCDE"), 42);
	private final SampleDevice other = new SampleDevice(new Udid("0123456789abcdef0123456789abcdef01234567"), 43);
	private @Nullable BackupTarget opened;

	/** Opens the test's own place: the same one each time, empty at first. The test closes what it got. */
	protected abstract BackupTarget open() throws IOException;

	/** Opens the test's own place so that only about so many more bytes can be written there. */
	protected abstract BackupTarget openWithRoomFor(long bytes) throws IOException;

	@BeforeEach
	final void openTarget() throws IOException {
		opened = open();
	}

	@AfterEach
	final void closeTarget() throws IOException {
		target().close();
	}

	private BackupTarget target() {
		BackupTarget target = opened;
		if (target == null) {
			throw new IllegalStateException("not opened");
		}
		return target;
	}

	/** Makes and commits a backup of the device as it is. */
	protected final Snapshot backUp(SampleDevice what, WorkOptions options) throws IOException {
		try (WorkingTree tree = target().begin(what.udid(), options, JobMonitor.NONE)) {
			what.backUp(tree);
			return tree.commit(JobMonitor.NONE);
		}
	}

	private WorkingTree begin() throws IOException {
		return target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE);
	}

	private Map<String, String> contentOf(Snapshot snapshot) throws IOException {
		try (BackupTree tree = target().open(snapshot)) {
			return SampleDevice.contentOf(tree);
		}
	}

	private static void write(HostFiles files, TreePath path, String text) throws IOException {
		try (OutputStream out = files.write(path)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String read(HostFiles files, TreePath path) throws IOException {
		try (SeekableByteChannel channel = files.read(path)) {
			ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
			while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
				// until full or the end
			}
			return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
		}
	}

	private static void assertRefused(Reason reason, org.junit.jupiter.api.function.Executable operation) {
		assertEquals(reason, assertThrows(TreeException.class, operation).reason());
	}

	private TreePath path(String below) {
		return device.path(below);
	}

	/** {@link BackupTarget#begin}. */
	@Nested
	class Begin {

		@Test
		void beginsWithNothingWhereThereIsNoBackup() throws IOException {
			try (WorkingTree tree = begin()) {
				assertTrue(tree.stat(path("Status.plist")).isEmpty());
			}
		}

		@Test
		void beginsWithTheNewestBackup() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			try (WorkingTree tree = begin()) {
				for (String file : device.content().keySet()) {
					assertTrue(tree.stat(path(file)).orElseThrow().isFile(), file);
				}
			}
		}

		@Test
		void beginsEmptyIfToldSo() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			try (WorkingTree tree = target().begin(device.udid(), new WorkOptions(true, 0), JobMonitor.NONE)) {
				assertTrue(tree.stat(path("Status.plist")).isEmpty());
			}
		}

		@Test
		void letsOnlyOneWorkOnADevice() throws IOException {
			try (WorkingTree tree = begin(); BackupTarget again = open()) {
				assertThrows(ProblemException.class,
						() -> again.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE));
				assertThrows(ProblemException.class,
						() -> target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE));
				write(tree, path("x"), "the first one works on");
			}
			begin().close();
		}

		@Test
		void letsSeveralDevicesBeWorkedOnAtOnce() throws IOException {
			try (WorkingTree tree = begin();
					WorkingTree others = target().begin(other.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				other.backUp(others);
				others.commit(JobMonitor.NONE);
				device.backUp(tree);
				tree.commit(JobMonitor.NONE);
			}
			assertEquals(2, target().snapshots().size());
		}

		@Test
		void goesOnFromAnInterruptedRun() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			device.change();
			try (WorkingTree tree = begin()) {
				assertFalse(device.backUp(tree, 6), "stopped while uploading");
				write(tree, path("Snapshot/aa/left"), "by the interrupted run");
			}
			try (WorkingTree tree = begin()) {
				assertEquals("by the interrupted run", read(tree, path("Snapshot/aa/left")));
			}
		}

		@Test
		void dropsAnInterruptedRunIfToldToBeginEmpty() throws IOException {
			try (WorkingTree tree = begin()) {
				assertFalse(device.backUp(tree, 6));
			}
			try (WorkingTree tree = target().begin(device.udid(), new WorkOptions(true, 0), JobMonitor.NONE)) {
				assertTrue(tree.stat(path("Status.plist")).isEmpty());
			}
		}

		@Test
		void canBeCancelledAndLeavesNoLock() throws IOException {
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			StrictMonitor monitor = new StrictMonitor();
			monitor.cancel();
			assertThrows(CancelledException.class, () -> target().begin(device.udid(), WorkOptions.DEFAULT, monitor));
			begin().close();
			assertEquals(device.content(), contentOf(kept));
		}

		@Test
		void reportsByTheRules() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			StrictMonitor monitor = new StrictMonitor();
			target().begin(device.udid(), WorkOptions.DEFAULT, monitor).close();
			monitor.ended();
			monitor.assertObeyed();
		}
	}

	/** {@link WorkingTree#commit}. */
	@Nested
	class Commit {

		@Test
		void makesTheTreeTheNewestBackup() throws IOException {
			Snapshot made = backUp(device, WorkOptions.DEFAULT);
			assertEquals(List.of(made), target().snapshots());
			assertTrue(made.newest());
			assertTrue(made.summary().complete());
			assertEquals(device.udid(), made.summary().udid());
			assertEquals(device.content().size(), made.summary().files());
			assertEquals(device.content(), contentOf(made));
		}

		@Test
		void survivesClosingTheTarget() throws IOException {
			Snapshot made = backUp(device, WorkOptions.DEFAULT);
			try (BackupTarget again = open()) {
				assertEquals(List.of(made), again.snapshots());
			}
		}

		@Test
		void replacesTheEarlierBackupIfNoneIsToBeKept() throws IOException {
			Snapshot first = backUp(device, WorkOptions.DEFAULT);
			device.change();
			Snapshot second = backUp(device, WorkOptions.DEFAULT);
			assertNotEquals(first.id(), second.id());
			assertEquals(List.of(second), target().snapshots());
			assertEquals(device.content(), contentOf(second));
		}

		@Test
		void keepsAsManyEarlierVersionsAsToldByteForByte() throws IOException {
			Map<Integer, Map<String, String>> contents = new TreeMap<>();
			for (int version = 0; version < 5; version++) {
				device.atVersion(version);
				contents.put(version, device.content());
				backUp(device, new WorkOptions(false, 2));
			}
			List<Snapshot> kept = target().snapshots();
			assertEquals(3, kept.size());
			for (int i = 0; i < 3; i++) {
				assertEquals(contents.get(4 - i), contentOf(kept.get(i)), "version " + (4 - i));
				assertEquals(i == 0, kept.get(i).newest());
			}
		}

		@Test
		void letsGoOfEarlierVersionsWhenFewerAreToBeKept() throws IOException {
			for (int version = 0; version < 3; version++) {
				backUp(device.atVersion(version), new WorkOptions(false, 5));
			}
			assertEquals(3, target().snapshots().size());
			backUp(device.atVersion(3), WorkOptions.DEFAULT);
			assertEquals(1, target().snapshots().size());
		}

		@Test
		void leavesTheIdOfAKeptVersionAsItWas() throws IOException {
			Snapshot first = backUp(device, WorkOptions.DEFAULT);
			backUp(device.atVersion(1), new WorkOptions(false, 1));
			assertEquals(first.id(), target().snapshots().get(1).id());
			assertEquals(new SampleDevice(device.udid(), 42).content(), contentOf(first), "opened as it was listed");
		}

		@Test
		void leavesOtherDevicesAlone() throws IOException {
			Snapshot others = backUp(other, WorkOptions.DEFAULT);
			backUp(device, WorkOptions.DEFAULT);
			backUp(device.atVersion(1), WorkOptions.DEFAULT);
			assertTrue(target().snapshots().contains(others));
			assertEquals(other.content(), contentOf(others));
		}

		@Test
		void refusesABackupThatTheDeviceDidNotFinish() throws IOException {
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			Map<String, String> content = device.content();
			device.change();
			try (WorkingTree tree = begin()) {
				assertFalse(device.backUp(tree, 8));
				assertThrows(ProblemException.class, () -> tree.commit(JobMonitor.NONE));
			}
			assertEquals(List.of(kept), target().snapshots());
			assertEquals(content, contentOf(kept));
		}

		@Test
		void refusesATreeInWhichNothingWasDone() throws IOException {
			try (WorkingTree tree = begin()) {
				assertThrows(ProblemException.class, () -> tree.commit(JobMonitor.NONE));
			}
			assertEquals(List.of(), target().snapshots());
		}

		@Test
		void letsTheNextOneBeginAtOnce() throws IOException {
			try (WorkingTree tree = begin()) {
				device.backUp(tree);
				tree.commit(JobMonitor.NONE);
				begin().close();
			}
		}

		@Test
		void isNotDoneIfCancelledBefore() throws IOException {
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			device.change();
			StrictMonitor monitor = new StrictMonitor();
			try (WorkingTree tree = begin()) {
				device.backUp(tree);
				monitor.cancel();
				assertThrows(CancelledException.class, () -> tree.commit(monitor));
			}
			assertEquals(List.of(kept), target().snapshots());
			Snapshot second = backUp(device, WorkOptions.DEFAULT);
			assertEquals(device.content(), contentOf(second));
		}

		@Test
		void reportsByTheRules() throws IOException {
			StrictMonitor monitor = new StrictMonitor();
			try (WorkingTree tree = begin()) {
				device.backUp(tree);
				tree.commit(monitor);
			}
			monitor.ended();
			monitor.assertObeyed();
		}
	}

	/** {@link WorkingTree#close} and {@link WorkingTree#discard}. */
	@Nested
	class WithoutCommit {

		@Test
		void nothingIsListedAndTheKeptBackupIsUntouched() throws IOException {
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			Map<String, String> content = device.content();
			for (int stop = 1; stop < 40; stop += 3) {
				device.change();
				try (WorkingTree tree = begin()) {
					device.backUp(tree, stop);
				}
				assertEquals(List.of(kept), target().snapshots());
				assertEquals(content, contentOf(kept), "after " + stop + " operations");
			}
			Snapshot next = backUp(device, WorkOptions.DEFAULT);
			assertEquals(device.content(), contentOf(next));
		}

		@Test
		void aFinishedRunThatWasNotCommittedIsNotListed() throws IOException {
			try (WorkingTree tree = begin()) {
				device.backUp(tree);
			}
			assertEquals(List.of(), target().snapshots());
		}

		@Test
		void discardBeginsFromTheKeptBackupAgain() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			WorkingTree dropped = begin();
			write(dropped, path("Snapshot/aa/left"), "to be dropped");
			dropped.discard();
			dropped.close();
			try (WorkingTree tree = begin()) {
				assertTrue(tree.stat(path("Snapshot")).isEmpty());
				assertTrue(tree.stat(path("Manifest.db")).isPresent());
			}
		}

		@Test
		void discardLetsTheNextOneBeginAtOnce() throws IOException {
			WorkingTree dropped = begin();
			dropped.discard();
			begin().close();
		}

		@Test
		void aClosedTreeTakesNothingMore() throws IOException {
			WorkingTree tree = begin();
			tree.close();
			tree.close();
			assertThrows(IOException.class, () -> tree.write(path("x")).close());
			assertThrows(IOException.class, () -> tree.remove(path("x")));
		}
	}

	/** {@link HostFiles}, as a working tree. */
	@Nested
	class Files {

		private @Nullable WorkingTree begun;

		@BeforeEach
		void beginTree() throws IOException {
			begun = begin();
		}

		@AfterEach
		void closeTree() throws IOException {
			tree().close();
		}

		private WorkingTree tree() {
			WorkingTree tree = begun;
			if (tree == null) {
				throw new IllegalStateException("not begun");
			}
			return tree;
		}

		@Test
		void readWhatWasWritten() throws IOException {
			byte[] content = new byte[200_000];
			new java.util.Random(1).nextBytes(content);
			try (OutputStream out = tree().write(path("aa/file"))) {
				out.write(content, 0, 100_000);
				out.write(content, 100_000, 99_999);
				out.write(content[199_999]);
			}
			try (SeekableByteChannel channel = tree().read(path("aa/file"))) {
				ByteBuffer bytes = ByteBuffer.allocate(content.length);
				while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
					// until full or the end
				}
				assertArrayEquals(content, bytes.array());
				channel.position(150_000);
				ByteBuffer one = ByteBuffer.allocate(1);
				assertEquals(1, channel.read(one));
				assertEquals(content[150_000], one.get(0));
			}
			TreeEntry entry = tree().stat(path("aa/file")).orElseThrow();
			assertEquals("file", entry.name());
			assertEquals(200_000, entry.sizeBytes());
			assertTrue(entry.isFile());
		}

		@Test
		void writeReplacesAndMakesParents() throws IOException {
			write(tree(), path("a/b/c/file"), "a longer text at first");
			write(tree(), path("a/b/c/file"), "short");
			assertEquals("short", read(tree(), path("a/b/c/file")));
		}

		@Test
		void writesAnEmptyFile() throws IOException {
			tree().write(path("empty")).close();
			assertEquals(0, tree().stat(path("empty")).orElseThrow().sizeBytes());
		}

		@Test
		void refuseToReadWhatIsNoFile() throws IOException {
			tree().createDirectory(path("folder"));
			assertRefused(Reason.NOT_FOUND, () -> tree().read(path("missing")));
			assertRefused(Reason.NOT_FOUND, () -> tree().read(path("no/such/folder")));
			assertRefused(Reason.IS_A_DIRECTORY, () -> tree().read(path("folder")));
		}

		@Test
		void refuseToWriteOverAFolder() throws IOException {
			tree().createDirectory(path("folder"));
			assertRefused(Reason.IS_A_DIRECTORY, () -> tree().write(path("folder")).close());
			assertRefused(Reason.IS_A_DIRECTORY, () -> tree().write(TreePath.ROOT).close());
		}

		@Test
		void refuseAFileAsAFolder() throws IOException {
			write(tree(), path("file"), "x");
			assertRefused(Reason.NOT_A_DIRECTORY, () -> tree().createDirectory(path("file")));
			assertRefused(Reason.NOT_A_DIRECTORY, () -> tree().createDirectory(path("file/below")));
			assertRefused(Reason.NOT_A_DIRECTORY, () -> tree().write(path("file/below")).close());
			assertRefused(Reason.NOT_A_DIRECTORY, () -> tree().list(path("file")));
			assertRefused(Reason.NOT_FOUND, () -> tree().list(path("missing")));
			assertEquals(Optional.empty(), tree().stat(path("file/below")));
		}

		@Test
		void listTheImmediateChildren() throws IOException {
			write(tree(), path("l/one"), "1");
			write(tree(), path("l/two/three"), "3");
			List<TreeEntry> entries = tree().list(path("l"));
			assertEquals(2, entries.size());
			for (TreeEntry entry : entries) {
				assertEquals(entry.name().equals("two"), entry.isDirectory());
				assertEquals(entry.name().equals("one") ? 1 : 0, entry.sizeBytes());
			}
		}

		@Test
		void createAFolderAgainWithoutEffect() throws IOException {
			tree().createDirectory(path("a/b"));
			write(tree(), path("a/b/file"), "x");
			tree().createDirectory(path("a/b"));
			assertEquals("x", read(tree(), path("a/b/file")));
		}

		@Test
		void moveOverAFileAndMakeParents() throws IOException {
			write(tree(), path("Snapshot/aa/one"), "new");
			write(tree(), path("aa/one"), "old");
			tree().move(path("Snapshot/aa/one"), path("aa/one"));
			assertEquals("new", read(tree(), path("aa/one")));
			assertTrue(tree().stat(path("Snapshot/aa/one")).isEmpty());
			tree().move(path("aa/one"), path("made/for/it"));
			assertEquals("new", read(tree(), path("made/for/it")));
		}

		@Test
		void moveAFolderOverAFolder() throws IOException {
			write(tree(), path("from/new"), "new");
			write(tree(), path("to/old"), "old");
			tree().move(path("from"), path("to"));
			assertEquals("new", read(tree(), path("to/new")));
			assertTrue(tree().stat(path("to/old")).isEmpty());
			assertTrue(tree().stat(path("from")).isEmpty());
			write(tree(), path("from/again"), "the folder can be made again");
		}

		@Test
		void moveAFileOverAFolderAndAFolderOverAFile() throws IOException {
			write(tree(), path("file"), "f");
			write(tree(), path("folder/below"), "b");
			tree().move(path("file"), path("folder"));
			assertEquals("f", read(tree(), path("folder")));
			write(tree(), path("second/below"), "s");
			tree().move(path("second"), path("folder"));
			assertEquals("s", read(tree(), path("folder/below")));
		}

		@Test
		void moveAFullFolderElsewhere() throws IOException {
			write(tree(), path("a/b/file"), "x");
			tree().move(path("a"), path("z/y"));
			assertEquals("x", read(tree(), path("z/y/b/file")));
			assertEquals(Optional.empty(), tree().stat(path("a/b/file")));
			assertRefused(Reason.NOT_FOUND, () -> tree().read(path("a/b/file")));
		}

		@Test
		void moveTheDevicesOwnFolderAside() throws IOException {
			write(tree(), path("Status.plist"), "old");
			TreePath archived = new TreePath(device.udid().value() + "-20260101-000000");
			tree().move(path(""), archived);
			assertEquals("old", read(tree(), archived.resolve("Status.plist")));
			write(tree(), path("Status.plist"), "new");
			tree().remove(archived);
			assertEquals("new", read(tree(), path("Status.plist")));
		}

		@Test
		void refuseToMoveWhatIsMissingOrIntoItself() throws IOException {
			write(tree(), path("a/b/file"), "x");
			assertRefused(Reason.NOT_FOUND, () -> tree().move(path("missing"), path("a/b/file")));
			assertRefused(Reason.NOT_FOUND, () -> tree().move(path("missing"), path("a/b")));
			assertThrows(TreeException.class, () -> tree().move(path("a"), path("a/b/c")));
			assertThrows(TreeException.class, () -> tree().move(path("a/b"), path("a")));
			assertThrows(TreeException.class, () -> tree().move(TreePath.ROOT, path("r")));
			assertThrows(TreeException.class, () -> tree().move(path("a"), TreePath.ROOT));
			tree().move(path("a"), path("a"));
			assertEquals("x", read(tree(), path("a/b/file")));
		}

		@Test
		void copyAFileAndAFolderWithAllInIt() throws IOException {
			write(tree(), path("a/file"), "1");
			write(tree(), path("a/b/c/deep"), "2");
			tree().createDirectory(path("a/empty"));
			tree().copy(path("a"), path("copies/a"));
			assertEquals("1", read(tree(), path("copies/a/file")));
			assertEquals("2", read(tree(), path("copies/a/b/c/deep")));
			assertTrue(tree().stat(path("copies/a/empty")).orElseThrow().isDirectory());
			tree().copy(path("a/file"), path("copies/a/b/c/deep"));
			assertEquals("1", read(tree(), path("copies/a/b/c/deep")));
			assertEquals("2", read(tree(), path("a/b/c/deep")), "the original is another file");
			write(tree(), path("a/file"), "changed");
			assertEquals("1", read(tree(), path("copies/a/file")));
		}

		@Test
		void refuseToCopyWhatIsMissingOrIntoItself() throws IOException {
			write(tree(), path("a/file"), "x");
			assertRefused(Reason.NOT_FOUND, () -> tree().copy(path("missing"), path("b")));
			assertThrows(TreeException.class, () -> tree().copy(path("a"), path("a/b")));
			assertEquals(1, tree().list(path("a")).size());
		}

		@Test
		void removeFilesFoldersAndWhatIsMissing() throws IOException {
			write(tree(), path("a/file"), "1");
			write(tree(), path("a/b/c/deep"), "2");
			write(tree(), path("stays"), "3");
			tree().remove(path("a/file"));
			tree().remove(path("a"));
			tree().remove(path("a"));
			tree().remove(path("a/b/c"));
			tree().remove(path("stays/below"));
			assertEquals(1, tree().list(path("")).size());
			write(tree(), path("a/b/c/deep"), "the folders can be made again");
			assertThrows(TreeException.class, () -> tree().remove(TreePath.ROOT));
		}

		@Test
		void leaveTheKeptBackupUntouchedWhateverIsDone() throws IOException {
			tree().close();
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			Map<String, String> content = device.content();
			begun = begin();
			List<String> files = List.copyOf(content.keySet());
			write(tree(), path(files.get(0)), "replaced");
			write(tree(), path("Manifest.db"), "replaced");
			write(tree(), path("Info.plist"), "replaced");
			tree().move(path(files.get(1)), path(files.get(2)));
			tree().remove(path(files.get(3)));
			tree().copy(path(files.get(4)), path(files.get(5)));
			write(tree(), path(files.get(5)), "replaced");
			tree().remove(path(files.get(6)).parent());
			tree().move(path(""), new TreePath("elsewhere"));
			assertEquals(content, contentOf(kept));
			tree().remove(new TreePath("elsewhere"));
			assertEquals(content, contentOf(kept));
		}

		@Test
		void acceptNamesOfEveryKind() throws IOException {
			for (String name : List.of(".hidden", "with space", "UPPER", "a+b=c", "x".repeat(200))) {
				write(tree(), path("names/" + name), name);
				assertEquals(name, read(tree(), path("names/" + name)));
			}
		}

		@Test
		void tellTheRoomLeft() throws IOException {
			assertTrue(tree().freeBytes() > 0);
		}
	}

	/** What happens when the place is full. */
	@Nested
	class Full {

		@Test
		void writingFailsWithNoSpaceAndTheKeptBackupStays() throws IOException {
			Snapshot kept = backUp(device, WorkOptions.DEFAULT);
			try (BackupTarget full = openWithRoomFor(100_000);
					WorkingTree tree = full.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				assertTrue(tree.freeBytes() <= 1_000_000, "the device is told how little room there is");
				assertRefused(Reason.NO_SPACE, () -> {
					try (OutputStream out = tree.write(path("large"))) {
						// Much, since a place may gather some before it notices, and of which nothing can be saved.
						byte[] block = new byte[32 * 1024];
						java.util.Random random = new java.util.Random(1);
						for (int i = 0; i < 2500; i++) {
							random.nextBytes(block);
							out.write(block);
						}
					}
				});
				assertTrue(tree.stat(path("large")).isEmpty(), "no half file is left");
			}
			assertEquals(List.of(kept), target().snapshots());
			assertEquals(device.content(), contentOf(kept));
		}
	}

	/** {@link BackupTarget#snapshots} and {@link BackupTarget#open}. */
	@Nested
	class Snapshots {

		@Test
		void areNoneAtFirst() throws IOException {
			assertEquals(List.of(), target().snapshots());
		}

		@Test
		void comeNewestFirstWithTheNewestOfEachDeviceMarked() throws IOException {
			for (int version = 0; version < 3; version++) {
				backUp(device.atVersion(version), new WorkOptions(false, 5));
			}
			backUp(other.atVersion(1), WorkOptions.DEFAULT);
			List<Snapshot> all = target().snapshots();
			assertEquals(4, all.size());
			for (int i = 1; i < all.size(); i++) {
				assertFalse(finished(all.get(i - 1)).isBefore(finished(all.get(i))));
			}
			assertEquals(2, all.stream().filter(Snapshot::newest).count());
			assertTrue(all.getFirst().newest());
		}

		private Instant finished(Snapshot snapshot) {
			return Objects.requireNonNull(snapshot.summary().finishedAt());
		}

		@Test
		void sayWhatTheBackupIs() throws IOException {
			Snapshot made = backUp(device, WorkOptions.DEFAULT);
			assertEquals("Sample", made.summary().deviceName());
			assertEquals(new IosVersion("18.5"), made.summary().iosVersion());
			assertEquals(device.date(), made.summary().finishedAt());
			assertFalse(made.summary().encrypted());
			assertTrue(made.summary().sizeBytes() > 300_000);
		}

		@Test
		void refuseToOpenWhatIsGone() throws IOException {
			Snapshot made = backUp(device, WorkOptions.DEFAULT);
			target().delete(made, JobMonitor.NONE);
			assertThrows(ProblemException.class, () -> target().open(made));
		}

		@Test
		void areReadWithoutFollowingWhatIsMissing() throws IOException {
			try (BackupTree tree = target().open(backUp(device, WorkOptions.DEFAULT))) {
				assertTrue(tree.name().startsWith(device.udid().value()));
				assertEquals(Optional.empty(), tree.stat(new TreePath("zz/missing")));
				assertRefused(Reason.NOT_FOUND, () -> tree.open(new TreePath("zz/missing")));
				assertRefused(Reason.NOT_FOUND, () -> tree.list(new TreePath("zz")));
				assertRefused(Reason.NOT_A_DIRECTORY, () -> tree.list(new TreePath("Info.plist")));
				assertTrue(tree.stat(new TreePath("Info.plist")).orElseThrow().isFile());
			}
		}
	}

	/** {@link BackupTarget#delete}. */
	@Nested
	class Delete {

		@Test
		void removesOneVersionAndLeavesTheOthersWhole() throws IOException {
			Map<Integer, Map<String, String>> contents = new TreeMap<>();
			for (int version = 0; version < 3; version++) {
				device.atVersion(version);
				contents.put(version, device.content());
				backUp(device, new WorkOptions(false, 5));
			}
			target().delete(target().snapshots().get(1), JobMonitor.NONE);
			List<Snapshot> left = target().snapshots();
			assertEquals(2, left.size());
			assertEquals(contents.get(2), contentOf(left.get(0)));
			assertEquals(contents.get(0), contentOf(left.get(1)));
		}

		@Test
		void ofTheNewestLetsTheNextBackupGoOnFromTheOneBefore() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			Map<String, String> first = device.content();
			backUp(device.atVersion(1), new WorkOptions(false, 1));
			target().delete(target().snapshots().getFirst(), JobMonitor.NONE);
			List<Snapshot> left = target().snapshots();
			assertEquals(1, left.size());
			assertTrue(left.getFirst().newest());
			assertEquals(first, contentOf(left.getFirst()));
			try (WorkingTree tree = begin()) {
				assertTrue(tree.stat(path("Status.plist")).isPresent());
			}
		}

		@Test
		void ofTheOnlyOneLeavesNothing() throws IOException {
			target().delete(backUp(device, WorkOptions.DEFAULT), JobMonitor.NONE);
			assertEquals(List.of(), target().snapshots());
			try (WorkingTree tree = begin()) {
				assertTrue(tree.stat(path("Status.plist")).isEmpty());
			}
		}

		@Test
		void isRefusedForWhatIsGoneAndWhileTheDeviceIsWorkedOn() throws IOException {
			Snapshot made = backUp(device, WorkOptions.DEFAULT);
			try (WorkingTree _ = begin()) {
				assertThrows(ProblemException.class, () -> target().delete(made, JobMonitor.NONE));
			}
			assertEquals(device.content(), contentOf(made));
			target().delete(made, JobMonitor.NONE);
			assertThrows(ProblemException.class, () -> target().delete(made, JobMonitor.NONE));
		}

		@Test
		void reportsByTheRules() throws IOException {
			StrictMonitor monitor = new StrictMonitor();
			target().delete(backUp(device, WorkOptions.DEFAULT), monitor);
			monitor.ended();
			monitor.assertObeyed();
		}
	}

	/** {@link BackupTarget#capacity} and {@link BackupTarget#check}. */
	@Nested
	class Place {

		@Test
		void tellsItsRoom() throws IOException {
			assertTrue(target().capacity().freeBytes() > 0);
			Long total = target().capacity().totalBytes();
			assertTrue(total == null || total >= target().capacity().freeBytes());
		}

		@Test
		void isCheckedWithoutLeavingATrace() throws IOException {
			backUp(device, WorkOptions.DEFAULT);
			List<Snapshot> before = target().snapshots();
			List<String> sentences = target().check();
			assertFalse(sentences.isEmpty());
			sentences.forEach(sentence -> assertFalse(sentence.isBlank()));
			assertEquals(before, target().snapshots());
		}

		@Test
		void saysWhereItIs() {
			assertFalse(target().location().isBlank());
		}
	}
}
