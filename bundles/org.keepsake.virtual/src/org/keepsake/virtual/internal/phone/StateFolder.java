// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualProblems;

/** The folder that keeps a device across starts, and the lock by which one process has it. */
public final class StateFolder implements Closeable {

	private static final List<String> CONTENTS = List.of("device.plist", "device.key", "trust.plist",
			"applications.plist", "faults", "files", "media", "services", "usbmuxd");

	private final Path path;
	private final FileChannel channel;

	private StateFolder(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/** Takes the folder, made if it is not there. */
	public static StateFolder take(Path path) throws IOException {
		Files.createDirectories(path);
		FileChannel channel = FileChannel.open(path.resolve("running"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		if (tryLock(channel) == null) {
			channel.close();
			throw VirtualProblems.STATE_IN_USE.exception(path);
		}
		return new StateFolder(path, channel);
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		} catch (OverlappingFileLockException e) {
			return null;
		}
	}

	/** Forgets the device, so that the next start makes a new one; other files in the folder stay. */
	public void reset() throws IOException {
		for (String name : CONTENTS) {
			delete(path.resolve(name));
		}
	}

	static void delete(Path tree) throws IOException {
		if (Files.notExists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		List<Path> all;
		try (Stream<Path> walk = Files.walk(tree)) {
			all = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path each : all) {
			Files.deleteIfExists(each);
		}
	}

	/** Whether the folder holds a device. */
	public static boolean holdsDevice(Path path) {
		return Files.isRegularFile(path.resolve("device.plist"));
	}

	/** The file in which somebody asks a running device to misbehave. */
	public static Path faults(Path path) {
		return path.resolve("faults");
	}

	Path path() {
		return path;
	}

	Path device() {
		return path.resolve("device.plist");
	}

	Path key() {
		return path.resolve("device.key");
	}

	Path trust() {
		return path.resolve("trust.plist");
	}

	Path applications() {
		return path.resolve("applications.plist");
	}

	Path media() {
		return path.resolve("media");
	}

	Path faults() {
		return faults(path);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
