// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.testing.SampleDevice;

/** What the tests of this bundle do with backups again and again. */
final class Backups {

	static final Udid UDID = new Udid("00008110-00123456789ABCDE");

	private Backups() {
	}

	static SampleDevice device() {
		return new SampleDevice(UDID, 42);
	}

	/** A backup by Keepsake. */
	static Snapshot make(BackupTarget target, SampleDevice device, int keepEarlier) throws IOException {
		try (WorkingTree tree = target.begin(device.udid(), new WorkOptions(false, keepEarlier), JobMonitor.NONE)) {
			device.backUp(tree);
			return tree.commit(JobMonitor.NONE);
		}
	}

	/** A backup by another program, directly in the folder; stops after so many operations. */
	static void makeForeign(Path folder, SampleDevice device, int operations) throws IOException {
		device.backUp(new PlainFiles(folder), operations);
	}

	static Map<String, String> content(BackupTarget target, Snapshot snapshot) throws IOException {
		try (BackupTree tree = target.open(snapshot)) {
			return SampleDevice.contentOf(tree);
		}
	}

	static void assertContent(Map<String, String> expected, BackupTarget target, Snapshot snapshot)
			throws IOException {
		assertEquals(expected, content(target, snapshot));
	}

	static void write(HostFiles files, TreePath path, String text) throws IOException {
		try (OutputStream out = files.write(path)) {
			out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		}
	}

	/** Files as other programs serve them: plainly, in the backup's own folder. */
	private record PlainFiles(Path root) implements HostFiles {

		private Path path(TreePath path) {
			return root.resolve(path.value());
		}

		@Override
		public Optional<TreeEntry> stat(TreePath path) throws IOException {
			return Entries.stat(path(path), path.name());
		}

		@Override
		public List<TreeEntry> list(TreePath directory) throws IOException {
			return Entries.list(path(directory), directory.value());
		}

		@Override
		public SeekableByteChannel read(TreePath file) throws IOException {
			return Entries.open(path(file), file.value());
		}

		@Override
		public OutputStream write(TreePath file) throws IOException {
			createDirectory(file.parent());
			return Files.newOutputStream(path(file)); // in place, as Info.plist is by idevicebackup2
		}

		@Override
		public void createDirectory(TreePath directory) throws IOException {
			Files.createDirectories(path(directory));
		}

		@Override
		public void move(TreePath from, TreePath to) throws IOException {
			createDirectory(to.parent());
			Files.move(path(from), path(to), StandardCopyOption.REPLACE_EXISTING);
		}

		@Override
		public void copy(TreePath from, TreePath to) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void remove(TreePath path) throws IOException {
			if (Files.exists(path(path), LinkOption.NOFOLLOW_LINKS)) {
				Eraser.erase(path(path), JobMonitor.NONE);
			}
		}

		@Override
		public long freeBytes() {
			return Long.MAX_VALUE;
		}
	}
}
