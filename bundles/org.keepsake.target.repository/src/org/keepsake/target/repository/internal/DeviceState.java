// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;
import org.keepsake.repository.BlobId;
import org.keepsake.target.base.DeviceLock;

/**
 * What this computer remembers of a device and a repository: who works on it, and the tree of an interrupted run. All of
 * it can be lost without harm.
 *
 * @param udid     the device
 * @param folder   where it is remembered; made when it is needed
 * @param location of the repository
 */
record DeviceState(Udid udid, Path folder, String location) {

	private static final System.Logger LOG = System.getLogger(DeviceState.class.getName());
	private static final int MAX_BYTES = 1 << 16;

	/**
	 * An interrupted run.
	 *
	 * @param base  the snapshot it continues; null if there was none
	 * @param tree  its root, stored but named by no snapshot
	 * @param files how many files it has
	 * @param bytes their bytes
	 */
	record Run(@Nullable BlobId base, BlobId tree, long files, long bytes) {
	}

	/** @throws org.keepsake.core.ProblemException {@link RepositoryTargetProblems#BUSY} */
	DeviceLock lock() throws IOException {
		return DeviceLock.take(folder.resolve("lock"))
				.orElseThrow(() -> RepositoryTargetProblems.BUSY.exception(location));
	}

	private Path file() {
		return folder.resolve("interrupted.properties");
	}

	/** The interrupted run, if there was one that can be understood. */
	Optional<Run> run() {
		try {
			if (!Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS) || Files.size(file()) > MAX_BYTES) {
				return Optional.empty();
			}
			Properties properties = new Properties();
			try (InputStream in = Files.newInputStream(file(), LinkOption.NOFOLLOW_LINKS)) {
				properties.load(in);
			}
			String base = properties.getProperty("base", "");
			return Optional.of(new Run(base.isEmpty() ? null : BlobId.parse(base),
					BlobId.parse(properties.getProperty("tree", "")),
					Long.parseLong(properties.getProperty("files", "")),
					Long.parseLong(properties.getProperty("bytes", ""))));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException | IllegalArgumentException e) {
			LOG.log(System.Logger.Level.WARNING, "An interrupted run is forgotten", e);
			return Optional.empty();
		}
	}

	/** Remembers an interrupted run. */
	void remember(Run run) throws IOException {
		Properties properties = new Properties();
		BlobId base = run.base();
		properties.setProperty("base", base == null ? "" : base.toString());
		properties.setProperty("tree", run.tree().toString());
		properties.setProperty("files", Long.toString(run.files()));
		properties.setProperty("bytes", Long.toString(run.bytes()));
		Files.createDirectories(folder);
		Path part = folder.resolve("interrupted.part");
		try (OutputStream out = Files.newOutputStream(part)) {
			properties.store(out, null);
		}
		Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Forgets the interrupted run. */
	void forgetRun() throws IOException {
		Files.deleteIfExists(file());
	}

	/** Forgets the interrupted run if it continues this snapshot. */
	void forgetRunFrom(BlobId snapshot) throws IOException {
		if (run().filter(run -> snapshot.equals(run.base())).isPresent()) {
			forgetRun();
		}
	}

	/** Remembers that room was freed in the repository. */
	void pruned() throws IOException {
		Files.createDirectories(folder);
		Files.writeString(mark(), "");
		Files.setLastModifiedTime(mark(), FileTime.from(Instant.now()));
	}

	/** Whether this computer freed room in the repository so lately. */
	boolean wasPrunedWithin(Duration time) throws IOException {
		try {
			Instant last = Files.getLastModifiedTime(mark(), LinkOption.NOFOLLOW_LINKS).toInstant();
			Instant now = Instant.now();
			return last.isAfter(now.minus(time)) && !last.isAfter(now.plus(time));
		} catch (NoSuchFileException e) {
			return false;
		}
	}

	private Path mark() {
		return folder.resolveSibling("pruned");
	}
}
