// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualOptions;

class FileStoreTest {

	private static final Instant TIME = Instant.parse("2025-01-02T03:04:05.123456Z");

	@TempDir
	Path folder;
	private FileStore store;

	@BeforeEach
	void open() throws IOException {
		store = FileStore.open(folder);
	}

	@AfterEach
	void close() throws IOException {
		store.close();
	}

	private static VirtualFile file(String domain, String path) {
		return new VirtualFile(domain, path, Kind.FILE, 0644, 501, 501, 0, TIME, TIME, TIME, 0, 3, null, null);
	}

	private static VirtualFile directory(String domain, String path) {
		return new VirtualFile(domain, path, Kind.DIRECTORY, 0755, 501, 501, 0, TIME, TIME, TIME, 0, 0, null, null);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65536, 65537, 1_000_003 })
	void givesBackWhatWasWritten(int size) throws IOException {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		VirtualFile written = store.write(file("D", "a/b"), new ByteArrayInputStream(content));
		assertEquals(size, written.sizeBytes());
		assertEquals(TIME, written.modified());
		store.close();
		store = FileStore.open(folder);
		assertEquals(written, store.find("D", "a/b"));
		try (InputStream in = store.open(written)) {
			assertArrayEquals(content, in.readAllBytes());
		}
		assertEquals(size, store.totalBytes());
	}

	@Test
	void removesOnlyWhatIsBelowADirectory() throws IOException {
		store.put(directory("D", "x"));
		store.write(file("D", "x/1"), new ByteArrayInputStream(new byte[10]));
		store.write(file("D", "x/\ud83d\ude00"), new ByteArrayInputStream(new byte[100_000]));
		store.write(file("D", "x.txt"), new ByteArrayInputStream(new byte[1]));
		store.write(file("D", "x0"), new ByteArrayInputStream(new byte[1]));
		store.write(file("E", "x/1"), new ByteArrayInputStream(new byte[1]));
		store.remove("D", "x");
		List<String> left = new ArrayList<>();
		store.forEach(f -> left.add(f.domain() + ":" + f.path()));
		assertEquals(List.of("D:x.txt", "D:x0", "E:x/1"), left);
		store.remove("D", "");
		assertEquals(1, store.count());
	}

	@Test
	void aFailedBatchLeavesNothing() throws IOException {
		store.write(file("D", "keep"), new ByteArrayInputStream(new byte[] { 1 }));
		assertThrows(IOException.class, () -> store.batch(files -> {
			files.write(file("D", "keep"), new ByteArrayInputStream(new byte[] { 2 }));
			files.write(file("D", "large"), new ByteArrayInputStream(new byte[200_000]));
			assertNotNull(files.find("D", "large"));
			throw new IOException("stop");
		}));
		assertNull(store.find("D", "large"));
		try (InputStream in = store.open(file("D", "keep"))) {
			assertEquals(1, in.read());
		}
		try (Stream<Path> blobs = Files.walk(folder.resolve("files/blobs"))) {
			assertEquals(0, blobs.filter(Files::isRegularFile).count());
		}
	}

	@Test
	void aSnapshotStandsStill() throws IOException {
		store.write(file("D", "a"), new ByteArrayInputStream(new byte[] { 1 }));
		store.write(file("D", "big"), new ByteArrayInputStream(new byte[100_000]));
		try (VirtualFiles.Snapshot snapshot = store.snapshot(); FileStore other = FileStore.open(folder)) {
			other.write(file("D", "a"), new ByteArrayInputStream(new byte[] { 2 }));
			other.write(file("D", "b"), new ByteArrayInputStream(new byte[] { 3 }));
			other.remove("D", "big");
			List<String> seen = new ArrayList<>();
			snapshot.forEach((file, content) -> {
				try (InputStream in = content.open()) {
					seen.add(file.path() + in.readAllBytes().length + ":" + file.sizeBytes());
				}
			});
			assertEquals(List.of("a1:1", "big100000:100000"), seen);
		}
		assertEquals(2, store.count());
	}

	@Test
	void generatedContentIsTheSameFromAnyOffset() throws IOException {
		VirtualFile made = store.generate(file("D", "g"), 42, 100_001);
		byte[] whole;
		try (InputStream in = store.open(made)) {
			whole = in.readAllBytes();
		}
		assertEquals(100_001, whole.length);
		Random random = new Random(7);
		for (int i = 0; i < 200; i++) {
			int from = random.nextInt(whole.length);
			int length = random.nextInt(whole.length - from) % 70;
			InputStream in = new GeneratedStream(42, 100_001);
			in.skipNBytes(from);
			byte[] part = i % 2 == 0 ? in.readNBytes(length) : oneByOne(in, length);
			assertArrayEquals(java.util.Arrays.copyOfRange(whole, from, from + length), part, "offset " + from);
		}
	}

	private static byte[] oneByOne(InputStream in, int length) throws IOException {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) in.read();
		}
		return bytes;
	}

	@Test
	void thePayloadHasTheFilesAndBytesAskedFor() throws IOException {
		VirtualOptions options = new VirtualOptions(folder, null, null, null, VirtualOptions.Profile.SMALL, 1234,
				5_000_001,
				9, false, VirtualOptions.Trust.AUTO, false, true);
		ContentProfile.fill(options, store);
		long[] counts = new long[2];
		List<String> orphans = new ArrayList<>();
		store.forEach(f -> {
			if (f.kind() == Kind.FILE && !f.domain().equals("AppDomain-org.example.edges")
					&& !f.modified().isBefore(Instant.parse("2024-02-29T08:00:00Z")) && isPayload(f)) {
				counts[0]++;
				counts[1] += f.sizeBytes();
			}
			orphans.addAll(orphan(f));
		});
		assertEquals(1234, counts[0]);
		assertEquals(5_000_001, counts[1]);
		assertEquals(List.of(), orphans);
	}

	private static boolean isPayload(VirtualFile file) {
		return file.path().startsWith("Media/") || file.path().startsWith("Documents/Notizb")
				|| file.path().startsWith("Library/Caches/") || file.path().startsWith("Library/Mobile Documents/");
	}

	/** An entry whose directory is not an entry. */
	private List<String> orphan(VirtualFile file) {
		try {
			String path = file.path();
			int slash = path.lastIndexOf('/');
			boolean there = path.isEmpty()
					|| store.find(file.domain(), slash < 0 ? "" : path.substring(0, slash)) != null;
			return there ? List.of() : List.of(file.domain() + ":" + path);
		} catch (IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}
}
