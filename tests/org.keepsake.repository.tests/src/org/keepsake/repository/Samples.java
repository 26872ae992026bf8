// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;

/** Repositories and folders for tests. */
public final class Samples {

	/** Cheap to try, for tests only. */
	public static final InitOptions CHEAP = new InitOptions(2, new KeyCost(1024, 8, 1), null);
	static final String PASSWORD = "größer als 7";

	private Samples() {
	}

	static InitOptions cheap(int version) {
		return new InitOptions(version, CHEAP.keyCost(), null);
	}

	static Secret password() {
		return Secret.of(PASSWORD);
	}

	static Repository init(Path folder, int version) throws IOException {
		try (Secret password = password()) {
			return quick(Repository.init(new TestStorage(folder), password, cheap(version)));
		}
	}

	private static Repository quick(Repository repository) {
		repository.vault().setLockTimes(WorkerProcess.QUICK);
		return repository;
	}

	static Repository open(Path folder) throws IOException {
		return open(new TestStorage(folder));
	}

	static Repository open(TestStorage storage) throws IOException {
		try (Secret password = password()) {
			return quick(Repository.open(storage, password));
		}
	}

	static Repository open(TestStorage storage, OpenOptions options) throws IOException {
		try (Secret password = password()) {
			return quick(Repository.open(storage, password, options));
		}
	}

	static SnapshotRecord save(Repository repository, Path folder) throws IOException {
		FolderImport.Imported imported = FolderImport.run(repository, folder, ImportOptions.DEFAULT, JobMonitor.NONE);
		if (!imported.skipped().isEmpty()) {
			throw new IOException(imported.skipped().toString());
		}
		return imported.snapshot();
	}

	/** Random bytes, or text that can be compressed, by the seed. */
	static byte[] content(long seed, int size) {
		byte[] bytes = new byte[size];
		Random random = new Random(seed);
		if (seed % 2 == 0) {
			random.nextBytes(bytes);
		} else {
			for (int i = 0; i < size; i++) {
				bytes[i] = (byte) (i % 97 < 60 ? 'a' + i % 7 : 'a' + random.nextInt(26));
			}
		}
		return bytes;
	}

	/** A folder with what can go wrong: odd names, empty, large, repeated and linked files. */
	static Path folder(Path parent, long seed) throws IOException {
		Path root = Files.createDirectories(parent.resolve("00008110-SAMPLE"));
		Files.writeString(root.resolve("Info.plist"), "<plist & \"more\">");
		Files.createFile(root.resolve("empty"));
		for (int i = 0; i < 30; i++) {
			Path folder = Files.createDirectories(root.resolve(String.format("%02x", i * 7 % 16)));
			Files.write(folder.resolve("file-" + i), content(seed + i, 100 + i * 1500));
		}
		Path large = root.resolve("large");
		Files.write(large, content(seed * 2, 9_000_000));
		Files.write(root.resolve("text"), content(seed * 2 + 1, 6_000_000));
		Files.write(root.resolve("zeros"), new byte[17_000_000]);
		Path odd = Files.createDirectories(root.resolve("ün \"q\" \\ <&> \u2028 \uD83D\uDE00"));
		Files.writeString(odd.resolve("tab\tnew\nline\u00a0\u200b"), "odd");
		Files.createDirectories(root.resolve("empty folder"));
		Files.createSymbolicLink(root.resolve("link"), Path.of("large"));
		Files.setPosixFilePermissions(large, PosixFilePermissions.fromString("r--r-x--x"));
		Files.setLastModifiedTime(large, FileTime.from(Instant.parse("2007-06-29T18:00:00.123456789Z")));
		return root;
	}

	/** Each file's kind, content, permissions and time, by its path. */
	static Map<String, String> describe(Path root) throws IOException {
		Map<String, String> all = new TreeMap<>();
		try (Stream<Path> paths = Files.walk(root)) {
			for (Path path : paths.toList()) {
				String name = root.relativize(path).toString();
				if (Files.isSymbolicLink(path)) {
					all.put(name, "-> " + Files.readSymbolicLink(path));
				} else {
					String content = Files.isDirectory(path) ? "folder"
							: Integer.toHexString(Arrays.hashCode(Files.readAllBytes(path)));
					all.put(name, content + ' ' + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS) + ' '
							+ PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
				}
			}
		}
		return all;
	}

	/** All of a file of a snapshot. */
	static byte[] read(Repository repository, SnapshotRecord snapshot, String path) {
		try {
			Node node = repository.find(snapshot.tree(), path).orElseThrow();
			return Channels.newInputStream(repository.open(java.util.Objects.requireNonNull(node.content())))
					.readAllBytes();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	static CheckReport check(Repository repository) throws IOException {
		return repository.check(CheckOptions.READ_DATA, JobMonitor.NONE);
	}
}
