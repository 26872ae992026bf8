// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;

/**
 * Makes a second copy of a folder that shares the bytes of its files: by hard links, and where the file system has none
 * (or a file has as many names as it can have) by copies, which are reflinks where the JDK and the file system know
 * them. The property lists at the top are always copied, because other programs write some of them in place.
 */
final class Cloner {

	private static final Set<String> WRITTEN_IN_PLACE = Set.of("info.plist", "status.plist", "manifest.plist");

	private final Medium medium;
	private final JobMonitor monitor;
	private final AtomicBoolean linksWork = new AtomicBoolean(true);
	private final LongAdder files = new LongAdder();
	private volatile long reported = System.nanoTime();

	Cloner(Medium medium, JobMonitor monitor) {
		this.medium = medium;
		this.monitor = monitor;
	}

	/** Clones all files and folders. Links and special files are left out. The new folder must not exist. */
	void cloneFolder(Path from, Path to) throws IOException {
		Files.createDirectory(to);
		Walk.over(from, new Walk.Visitor() {
			@Override
			public void directory(Path directory) throws IOException {
				Files.createDirectory(to.resolve(from.relativize(directory)));
			}

			@Override
			public void file(Path file, BasicFileAttributes attributes) throws IOException {
				if (attributes.isRegularFile()) {
					boolean top = from.equals(file.getParent());
					cloneFile(file, to.resolve(from.relativize(file)), top && isWrittenInPlace(file));
				}
			}
		}, monitor);
	}

	/** Clones one file. The new name must not exist. */
	void cloneFile(Path from, Path to) throws IOException {
		cloneFile(from, to, false);
	}

	private void cloneFile(Path from, Path to, boolean copy) throws IOException {
		if (copy || !link(from, to)) {
			// with a date of its own: a commit recognises by it what is not on disk yet
			Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
		}
		files.increment();
		long now = System.nanoTime();
		if (now - reported > 200_000_000L) {
			reported = now;
			monitor.report(new JobEvent.Progress(-1, 0, -1, files.sum(), -1));
		}
	}

	private boolean link(Path from, Path to) throws IOException {
		if (!linksWork.get()) {
			return false;
		}
		try {
			medium.link(from, to);
			return true;
		} catch (UnsupportedOperationException _) {
			linksWork.set(false);
		} catch (FileSystemException e) {
			if (Trouble.reason(e) == org.keepsake.core.target.TreeException.Reason.NO_SPACE) {
				throw e;
			}
			// This file has all the names it can have, or is somebody else's, or there are no links here at all: the
			// first file tells them apart. A missing or doubled file fails again, and rightly, in the copy.
			if (files.sum() == 0) {
				linksWork.set(false);
			}
		}
		return false;
	}

	private static boolean isWrittenInPlace(Path file) {
		return WRITTEN_IN_PLACE.contains(file.getFileName().toString().toLowerCase(java.util.Locale.ROOT));
	}
}
