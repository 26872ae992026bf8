// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.target.local.LocalProblems;
import org.keepsake.testing.SampleDevice;

/** Links that somebody planted, state that somebody wrote, and paths of a device that wants out. */
class HostileTest {

	@TempDir
	Path temporary = Path.of("");

	private Path folder = Path.of("");
	private Path outside = Path.of("");
	private final SampleDevice device = Backups.device();

	@BeforeEach
	void makePlaces() throws IOException {
		folder = temporary.resolve("backups");
		outside = Files.createDirectory(temporary.resolve("outside"));
		Files.writeString(outside.resolve("precious"), "untouched");
		assumeTrue(canLink(), "this system or user cannot make symbolic links");
	}

	private boolean canLink() {
		try {
			Files.createSymbolicLink(temporary.resolve("trial"), outside);
			return true;
		} catch (IOException | UnsupportedOperationException _) {
			return false;
		}
	}

	private LocalTarget target() {
		return LocalTarget.at(folder, Medium.DISK, ZoneOffset.UTC);
	}

	private Path work() {
		return new Layout(folder).work(device.udid());
	}

	private void assertUntouched() throws IOException {
		assertEquals("untouched", Files.readString(outside.resolve("precious")));
		assertEquals(1, Layout.children(outside).size());
	}

	private static void assertLink(org.junit.jupiter.api.function.Executable operation) {
		assertEquals(Reason.LINK, assertThrows(TreeException.class, operation).reason());
	}

	@Test
	void noOperationOfADeviceFollowsALink() throws IOException {
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			tree.createDirectory(device.path(""));
			Path inside = work().resolve(device.udid().value());
			Files.createSymbolicLink(inside.resolve("way-out"), outside);
			Files.createSymbolicLink(inside.resolve("file-link"), outside.resolve("precious"));
			Backups.write(tree, device.path("aa/mine"), "mine");

			assertLink(() -> Backups.write(tree, device.path("way-out/new"), "x"));
			assertLink(() -> tree.read(device.path("way-out/precious")));
			assertLink(() -> tree.read(device.path("file-link")));
			assertLink(() -> tree.list(device.path("way-out")));
			assertLink(() -> tree.createDirectory(device.path("way-out/new")));
			assertLink(() -> tree.move(device.path("aa/mine"), device.path("way-out/mine")));
			assertLink(() -> tree.move(device.path("way-out/precious"), device.path("aa/stolen")));
			assertLink(() -> tree.copy(device.path("way-out/precious"), device.path("aa/stolen")));
			assertLink(() -> tree.remove(device.path("way-out/precious")));
			assertEquals(TreeEntry.Kind.OTHER, tree.stat(device.path("way-out")).orElseThrow().kind());
			Backups.write(tree, device.path("file-link"), "replaces the link itself");
			tree.remove(device.path("way-out"));
			assertUntouched();
			tree.remove(device.path(""));
		}
		assertUntouched();
	}

	@Test
	void aBackupIsReadWithoutFollowingLinks() throws IOException {
		Snapshot made = Backups.make(target(), device, 0);
		Files.createSymbolicLink(Path.of(made.path()).resolve("way-out"), outside);
		Files.createSymbolicLink(Path.of(made.path()).resolve("file-link"), outside.resolve("precious"));
		try (BackupTree tree = target().open(made)) {
			assertLink(() -> tree.open(new TreePath("way-out/precious")));
			assertLink(() -> tree.open(new TreePath("file-link")));
			assertLink(() -> tree.list(new TreePath("way-out")));
			assertEquals(Optional.empty(), tree.stat(new TreePath("way-out/precious")));
			assertEquals(Optional.empty(), ((FolderTree) tree).localFile(new TreePath("way-out/precious")));
			assertEquals(Optional.empty(), ((FolderTree) tree).localFile(new TreePath("file-link")));
			assertTrue(((FolderTree) tree).localFile(new TreePath("Manifest.db")).isPresent());
		}
	}

	@Test
	void linksInTheNewestBackupAreNotCloned() throws IOException {
		Snapshot made = Backups.make(target(), device, 0);
		Files.createSymbolicLink(Path.of(made.path()).resolve("way-out"), outside);
		Files.createSymbolicLink(Path.of(made.path()).resolve("file-link"), outside.resolve("precious"));
		Backups.make(target(), device.atVersion(1), 0);
		assertUntouched();
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void linksInPlaceOfKeepsakesFoldersAreRefused() throws IOException {
		Layout layout = new Layout(folder);
		for (Path place : List.of(layout.own(), layout.own().resolve("work"), layout.work(device.udid()),
				layout.parts(device.udid()), layout.trash(device.udid()), folder.resolve(device.udid().value()))) {
			Files.createDirectories(place.getParent());
			Files.createSymbolicLink(place, outside);
			ProblemException refused = assertThrows(ProblemException.class,
					() -> target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE), place::toString);
			assertTrue(refused.is(LocalProblems.LINK_IN_THE_WAY), refused.toString());
			assertUntouched();
			Files.delete(place);
		}
		Backups.make(target(), device, 0);
	}

	@Test
	void aFolderThatIsALinkItselfIsFine() throws IOException {
		Path real = Files.createDirectory(temporary.resolve("real"));
		Files.createSymbolicLink(folder, real);
		Backups.make(target(), device, 0);
		assertTrue(Files.isDirectory(real.resolve(device.udid().value())));
	}

	@Test
	void aJournalThatNamesAPlaceOutsideIsNoJournal() throws IOException {
		Backups.make(target(), device, 0);
		Path journal = new Layout(folder).journal(device.udid());
		for (String name : List.of("../../outside", "..", "/", ".keepsake", "a/b", "")) {
			Files.writeString(journal, "folder=" + name + "\nold.folder=" + name + "\nold.complete=false\nkeep=0\n");
			assertEquals(1, target().snapshots().size());
			assertUntouched();
		}
		Files.write(journal, new byte[] { '\\', 'u', '1' });
		Backups.make(target(), device.atVersion(1), 0);
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void aListOfVersionsThatNamesAPlaceOutsidePrunesNothing() throws IOException {
		Backups.make(target(), device, 0);
		Backups.makeForeign(outside, device, Integer.MAX_VALUE);
		String id = new BackupFolder(outside.resolve(device.udid().value())).id().value();
		Files.writeString(new Layout(folder).versions(device.udid()),
				"../outside/" + device.udid().value() + '\t' + id + "\n..\t" + id + "\n\t\n.keepsake\t" + id + '\n');
		Backups.make(target(), device.atVersion(1), 0);
		assertTrue(Files.exists(outside.resolve(device.udid().value()).resolve("Manifest.db")));
		assertEquals(1, target().snapshots().size());
	}

	@Test
	void aHalfFileOfAKilledRunIsGoneWhenTheDeviceGoesOn() throws IOException {
		Backups.make(target(), device, 0);
		Layout layout = new Layout(folder);
		TreePath half = device.path("Snapshot/aa/half");
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			Backups.write(tree, half, "only the first ha");
			Backups.write(tree, device.path("Snapshot/aa/whole"), "whole");
		}
		try (InFlight left = new InFlight(layout.inFlight(device.udid()))) {
			left.set(half);
		}
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(half).isEmpty());
			assertTrue(tree.stat(device.path("Snapshot/aa/whole")).isPresent());
			Backups.write(tree, half, "whole");
		}
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(half).isPresent());
		}
	}

	@Test
	void twoFilesCanBeReceivedAtOnce() throws IOException {
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			var one = tree.write(device.path("aa/one"));
			var two = tree.write(device.path("aa/two"));
			two.write(2);
			one.write(1);
			one.write(1);
			two.close();
			one.close();
			assertEquals(2, tree.stat(device.path("aa/one")).orElseThrow().sizeBytes());
			assertEquals(1, tree.stat(device.path("aa/two")).orElseThrow().sizeBytes());
		}
	}

	@Test
	void aFileThatIsNotWrittenToItsEndDoesNotReplaceTheOldOne() throws IOException {
		Backups.make(target(), device, 0);
		WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE);
		var half = tree.write(device.path("Status.plist"));
		half.write(new byte[10]);
		tree.close();
		half.close();
		assertTrue(Files.size(work().resolve(device.udid().value()).resolve("Status.plist")) > 10);
		try (WorkingTree next = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(next.stat(device.path("Status.plist")).orElseThrow().sizeBytes() > 10);
		}
	}

	@Test
	void aWorkFolderWhoseCloneDidNotEndIsMadeAnew() throws IOException {
		Backups.make(target(), device, 0);
		Path half = work().resolve(device.udid().value());
		Files.createDirectories(half);
		Files.copy(folder.resolve(device.udid().value()).resolve("Status.plist"), half.resolve("Status.plist"));
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Manifest.db")).isPresent());
		}
	}

	@Test
	void aWorkFolderThatIsPoisonedIsMadeAnew() throws IOException {
		Backups.make(target(), device, 0);
		for (String file : List.of("Status.plist", "Manifest.plist", "Manifest.db")) {
			try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				Backups.write(tree, device.path("aa/left"), "by the poisoned run");
				Backups.write(tree, device.path(file), "");
			}
			try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
				assertTrue(tree.stat(device.path(file)).orElseThrow().sizeBytes() > 0, file);
				assertFalse(tree.stat(device.path("aa/left")).isPresent(), file);
			}
		}
	}

	@Test
	void deepFoldersAreRemoved() throws IOException {
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			TreePath deep = device.path("d" + "/d".repeat(480));
			tree.createDirectory(deep);
			tree.move(device.path("d/d"), device.path("e"));
			tree.remove(device.path("e"));
			tree.remove(device.path("d"));
			assertEquals(List.of(), tree.list(device.path("")));
		}
	}

	@Test
	void failuresOfTheFileSystemHaveReasons() {
		assertEquals(Reason.NO_SPACE, Trouble.reason(new IOException("No space left on device")));
		assertEquals(Reason.NO_SPACE, Trouble.reason(new FileSystemException("f", null, "Disk quota exceeded")));
		assertEquals(Reason.NO_SPACE, Trouble.reason(new IOException("There is not enough space on the disk")));
		assertEquals(Reason.LINK, Trouble.reason(new IOException("Too many levels of symbolic links or …")));
		assertEquals(Reason.IO, Trouble.reason(new FileSystemException("f", null, "Input/output error")));
		assertEquals(Reason.OTHER, Trouble.reason(new java.nio.file.AccessDeniedException("f")));
		assertEquals(Reason.NOT_FOUND, Trouble.reason(new java.nio.file.NoSuchFileException("f")));
		assertEquals(Reason.NO_SPACE,
				Trouble.treeWriting(new IOException("Auf dem Gerät ist kein Platz"), "f", 100).reason());
		assertEquals(Reason.IO,
				Trouble.treeWriting(new IOException("Auf dem Gerät ist kein Platz"), "f", 1_000_000).reason());
	}

	@Test
	void aNameThatTheSystemCannotSpellIsRefused() {
		TreePath path = new TreePath("x\u00e9");
		try {
			assertEquals("x\u00e9", Entries.resolve(folder, path).getFileName().toString());
		} catch (TreeException e) {
			assertEquals(Reason.OTHER, e.reason());
		}
	}
}
