// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.Item;
import org.keepsake.ios.backup.fixture.KeyBagBuilder;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;
import org.keepsake.ios.backup.internal.crypto.KeyBag;
import org.keepsake.ios.backup.plist.PropertyList;

/** Whatever bytes a parser meets, it ends: with a result, or with an {@link IOException}. */
@Timeout(120)
class ParserFuzzTest {

	private static final int MUTATIONS = 10_000;

	@TempDir
	Path folder = Path.of("");

	/** A parser under test. */
	@FunctionalInterface
	interface Parser {
		void parse(byte[] bytes) throws IOException;
	}

	private static void fuzz(byte[] sound, Parser parser) throws IOException {
		parser.parse(sound);
		long seed = Long.getLong("keepsake.fuzz.seed", 20_260_203L);
		Random random = new Random(seed);
		int accepted = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] mutated = mutate(sound, random);
			try {
				parser.parse(mutated);
				accepted++;
			} catch (IOException e) {
				// as promised
			} catch (RuntimeException | Error e) {
				throw new AssertionError("Seed " + seed + ", mutation " + i, e);
			}
		}
		assertTrue(accepted < MUTATIONS, "no mutation was noticed, seed " + seed);
	}

	private static byte[] mutate(byte[] sound, Random random) {
		byte[] bytes = sound.clone();
		for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
			int at = random.nextInt(bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[at] ^= 1 << random.nextInt(8);
				case 1 -> bytes[at] = (byte) random.nextInt();
				case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
				case 3 -> {
					int from = random.nextInt(bytes.length);
					System.arraycopy(sound, Math.min(from, sound.length - 1), bytes, at,
							Math.min(random.nextInt(16), Math.min(sound.length - Math.min(from, sound.length - 1),
									bytes.length - at)));
				}
				default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
			}
		}
		return bytes;
	}

	private static void readPlist(byte[] bytes) throws IOException {
		PropertyList.read(new ByteArrayInputStream(bytes), 1 << 20, key -> true);
	}

	private Path backup(Era era) throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, era).encrypted("a").rounds(2);
		for (int i = 0; i < 20; i++) {
			builder.add(Item.file("HomeDomain", "Library/" + i, new byte[i]).withDigest().attributes(new byte[i]));
			builder.add(Item.link("HomeDomain", "link" + i, "target"));
		}
		return builder.build();
	}

	@Test
	void binaryPropertyLists() throws IOException {
		fuzz(Files.readAllBytes(backup(Era.DB).resolve("Manifest.plist")), ParserFuzzTest::readPlist);
	}

	@Test
	void xmlPropertyLists() throws IOException {
		fuzz(Files.readString(backup(Era.DB).resolve("Info.plist")).getBytes(StandardCharsets.UTF_8),
				ParserFuzzTest::readPlist);
	}

	@Test
	void archives() throws IOException {
		byte[] archive = BackupBuilder.archive(Item.link("HomeDomain", "a", "target").attributes(new byte[50]),
				new byte[44], new byte[20]);
		fuzz(archive, FileRecord::decode);
	}

	@Test
	void oldIndexes() throws IOException {
		fuzz(Files.readAllBytes(backup(Era.MBDB).resolve("Manifest.mbdb")),
				bytes -> MbdbIndex.read(new ByteArrayInputStream(bytes), entry -> true));
	}

	@Test
	void keyBags() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 2, 2);
		fuzz(bag, bytes -> {
			try (Secret secret = Secret.of("a");
					ClassKeys keys = KeyBag.parse(bytes).open(secret, new Impatient())) {
				assertTrue(keys == null || IntStream.range(0, 32).anyMatch(keys::has));
			}
		});
	}

	/** Cancels a derivation that goes on: a mutation may ask for millions of rounds. */
	private static final class Impatient implements JobMonitor {

		private int patience = 6;

		@Override
		public void report(JobEvent event) {
			// nobody listens
		}

		@Override
		public boolean isCancelled() {
			return patience-- <= 0;
		}

		@Override
		public Registration onCancel(Runnable action) {
			return () -> {
			};
		}
	}

	@Test
	void tables() throws IOException {
		byte[] sound = Files.readAllBytes(backup(Era.DB_IN_CLEAR).resolve("Manifest.db"));
		List<String> expected = rows(sound);
		assertEquals(40, expected.size());
		fuzz(sound, bytes -> assertTrue(rows(bytes).size() < 10_000));
		Random random = new Random(8);
		byte[] page = Arrays.copyOf(sound, 4096);
		for (int i = 0; i < 300; i++) {
			byte[] mutated = mutate(page, random);
			byte[] whole = sound.clone();
			System.arraycopy(mutated, 0, whole, 0, mutated.length);
			try {
				rows(whole);
			} catch (IndexException e) {
				// as promised
			}
		}
	}

	private static List<String> rows(byte[] database) throws IOException {
		List<String> rows = new ArrayList<>();
		TableReader reader = new TableReader(new BytesChannel(database));
		reader.visit(reader.root("Files", "fileid", "domain", "relativepath", "flags", "file"), (number, row) -> rows
				.add(number + row.text(0) + row.text(1) + row.text(2) + row.integer(3) + row.blob(4).length));
		return rows;
	}

	/** Bytes as a file. */
	private static final class BytesChannel implements SeekableByteChannel {

		private final byte[] bytes;
		private long position;

		BytesChannel(byte[] bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read(ByteBuffer target) {
			if (position >= bytes.length) {
				return -1;
			}
			int count = (int) Math.min(target.remaining(), bytes.length - position);
			target.put(bytes, (int) position, count);
			position += count;
			return count;
		}

		@Override
		public int write(ByteBuffer source) {
			throw new NonWritableChannelException();
		}

		@Override
		public long position() {
			return position;
		}

		@Override
		public SeekableByteChannel position(long newPosition) {
			position = newPosition;
			return this;
		}

		@Override
		public long size() {
			return bytes.length;
		}

		@Override
		public SeekableByteChannel truncate(long size) {
			throw new NonWritableChannelException();
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void close() {
			// nothing is open
		}
	}

	@Test
	void databases() throws IOException {
		byte[] sound = Files.readAllBytes(backup(Era.DB_IN_CLEAR).resolve("Manifest.db"));
		Path file = folder.resolve("mutated.db");
		Random random = new Random(7);
		int damaged = 0;
		for (int i = 0; i < 300; i++) {
			byte[] mutated = mutate(sound, random);
			Files.write(file, mutated);
			DatabaseIndex index = new DatabaseIndex(file, () -> {
			});
			try {
				index.check(JobMonitor.NONE, flaw -> {
				});
				index.forEach(FileFilter.ALL, true, entry -> true);
			} catch (IndexException e) {
				damaged++;
			}
		}
		assertTrue(damaged > 0);
	}
}
