// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.Item;

class BackupExtractTest {

	@TempDir
	Path folder = Path.of("");
	private Path outer = Path.of("");
	private Path output = Path.of("");

	@BeforeEach
	void choosesAFolder() {
		outer = folder.resolve("outer");
		output = outer.resolve("deep/output");
	}

	private ExtractReport extract(BackupBuilder builder, @Nullable String password, FileFilter filter)
			throws IOException {
		return extract(builder, password, filter, JobMonitor.NONE);
	}

	private ExtractReport extract(BackupBuilder builder, @Nullable String password, FileFilter filter,
			JobMonitor monitor) throws IOException {
		try (Backup backup = Backup.open(builder.tree())) {
			if (password != null) {
				try (Secret secret = Secret.of(password)) {
					backup.unlock(secret, JobMonitor.NONE);
				}
			}
			return backup.extract(filter, output, monitor);
		}
	}

	/** Everything below a folder, as paths. */
	private static List<String> tree(Path root) throws IOException {
		try (Stream<Path> all = Files.walk(root)) {
			return all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
					.map(path -> root.relativize(path).toString()).sorted().toList();
		}
	}

	private static String text(Path file) throws IOException {
		return Files.readString(file);
	}

	private static Item file(String domain, String path) {
		return Item.file(domain, path, path.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@MethodSource("org.keepsake.ios.backup.BackupReadTest#generations")
	void writesEveryFileDecrypted(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, era, password);
		builder.build();
		ExtractReport report = extract(builder, password, FileFilter.ALL);
		Map<String, byte[]> contents = BackupReadTest.contents();
		assertEquals(List.of(), report.damaged());
		assertEquals(contents.size(), report.files());
		assertEquals(contents.values().stream().mapToLong(content -> content.length).sum(), report.bytes());
		for (Map.Entry<String, byte[]> each : contents.entrySet()) {
			if (isRepresentable(each.getKey())) {
				Path file = output.resolve("HomeDomain").resolve(each.getKey());
				assertArrayEquals(each.getValue(), Files.readAllBytes(file));
				assertEquals(1_234_567_890L, Files.getLastModifiedTime(file).toInstant().getEpochSecond());
			}
		}
		assertEquals(contents.size() + 1, tree(output).size());
		assertEquals("../Library/16.bin", Files.readSymbolicLink(output.resolve("RootDomain/Library/link")).toString());
	}

	@Test
	void aListThatIsTooLongToBeKeptIsVisitedAnew() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "first"));
		for (int i = 0; i < 25_100; i++) {
			builder.add(Item.link("HomeDomain", "refused" + i, "/outside"));
		}
		builder.add(file("HomeDomain", "last")).add(Item.link("HomeDomain", "link", "last")).build();
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(2, report.files());
		assertEquals(List.of(), report.damaged());
		assertEquals(List.of("HomeDomain/first", "HomeDomain/last", "HomeDomain/link"), tree(output));
	}

	/* Without a UTF-8 locale a JDK cannot name such files at all. */
	private static boolean isRepresentable(String name) {
		return name.chars().allMatch(c -> c < 0x80);
	}

	@Test
	void writesOnlyWhatIsChosen() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(Item.folder("HomeDomain", "Empty"))
				.add(file("HomeDomain", "a.txt")).add(file("HomeDomain", "b.bin")).add(file("MediaDomain", "c.txt"));
		builder.build();
		assertEquals(1, extract(builder, null, new FileFilter("HomeDomain", "*.txt")).files());
		assertEquals(List.of("HomeDomain/a.txt"), tree(output));
		assertEquals(3, extract(builder, null, FileFilter.ALL).files());
		assertTrue(Files.isDirectory(output.resolve("HomeDomain/Empty")));
		assertEquals(0, extract(builder, null, new FileFilter("Nowhere", null)).files());
	}

	@Test
	void replacesFilesThatAreThere() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a.txt"));
		builder.build();
		Files.createDirectories(output.resolve("HomeDomain"));
		Files.writeString(output.resolve("HomeDomain/a.txt"), "something older and longer");
		Files.writeString(output.resolve("HomeDomain/other.txt"), "not ours");
		extract(builder, null, FileFilter.ALL);
		assertEquals("a.txt", text(output.resolve("HomeDomain/a.txt")));
		assertEquals("not ours", text(output.resolve("HomeDomain/other.txt")));
	}

	@Test
	void writesNothingOutsideWhateverTheNames() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "../../escaped"))
				.add(file("HomeDomain", "a/../../../escaped")).add(file("HomeDomain", "/tmp/escaped"))
				.add(file("HomeDomain", "..")).add(file("HomeDomain", "a//b")).add(file("HomeDomain", "./a"))
				.add(file("..", "escaped")).add(file("../..", "escaped")).add(file("/", "escaped"))
				.add(file("", "escaped")).add(file("HomeDomain", "")).add(Item.folder("..", "made"))
				.add(file("HomeDomain", "fine"));
		builder.build();
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(1, report.files());
		assertEquals(12, report.damaged().size(), report.damaged().toString());
		assertEquals(List.of("deep/output/HomeDomain/fine"), tree(outer));
		assertFalse(Files.exists(Path.of("/tmp/escaped")));
	}

	@Test
	void altersNamesThatTheSystemCannotHold() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a\0b"))
				.add(file("HomeDomain", "line\nbreak")).add(file("HomeDomain", "x".repeat(300)));
		builder.build();
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(List.of("HomeDomain/a_b", "HomeDomain/line_break"), tree(output));
		assertEquals(1, report.damaged().size());
		assertEquals(1, report.remarks().size());
	}

	@Test
	void followsNoLinkThatIsThere() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "linked/file"))
				.add(file("HomeDomain", "plain")).add(file("LinkedDomain", "file"));
		builder.build();
		Path elsewhere = Files.createDirectories(outer.resolve("elsewhere"));
		Path target = Files.writeString(outer.resolve("elsewhere/target"), "untouched");
		Files.createDirectories(output.resolve("HomeDomain"));
		Files.createSymbolicLink(output.resolve("HomeDomain/linked"), elsewhere);
		Files.createSymbolicLink(output.resolve("LinkedDomain"), elsewhere);
		Files.createSymbolicLink(output.resolve("HomeDomain/plain"), target);
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(1, report.files());
		assertEquals(2, report.damaged().size());
		assertEquals(List.of("target"), tree(elsewhere));
		assertEquals("untouched", text(target));
		assertFalse(Files.isSymbolicLink(output.resolve("HomeDomain/plain")), "the link was replaced, not followed");
	}

	@Test
	void followsNoLinkOfTheBackupItself() throws IOException {
		Path elsewhere = Files.createDirectories(outer.resolve("elsewhere"));
		BackupBuilder builder = new BackupBuilder(folder, Era.DB)
				.add(Item.link("HomeDomain", "out", elsewhere.toString())).add(file("HomeDomain", "out/file"))
				.add(Item.link("HomeDomain", "up", "../../../elsewhere")).add(file("HomeDomain", "up/file"))
				.add(Item.link("HomeDomain", "self", ".")).add(Item.link("HomeDomain", "trick", "self/self/../../.."))
				.add(Item.link("HomeDomain", "colon", "c:\\windows")).add(Item.link("..", "link", "a"))
				.add(Item.link("HomeDomain", "nowhere", "")).add(Item.link("HomeDomain", "fine/link", "../self"))
				.add(Item.link("HomeDomain", "other", "../OtherDomain"))
				.add(Item.link("HomeDomain", "deep/a/b", "../../self"));
		builder.build();
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(List.of(), tree(elsewhere));
		assertEquals(2, report.files());
		assertEquals(List.of("HomeDomain/deep/a/b", "HomeDomain/fine/link", "HomeDomain/out/file", "HomeDomain/self",
				"HomeDomain/up/file"), tree(output));
		assertEquals(7, report.remarks().size(), report.remarks().toString());
	}

	@Test
	void leavesNothingOfADamagedFile() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted("a")
				.add(Item.file("HomeDomain", "damaged", new byte[300_000]).withDigest())
				.add(Item.file("HomeDomain", "missing", new byte[10])).add(file("HomeDomain", "sound"));
		builder.build();
		Path stored = builder.stored("HomeDomain", "damaged");
		byte[] bytes = Files.readAllBytes(stored);
		bytes[5] ^= 1;
		Files.write(stored, bytes);
		Files.delete(builder.stored("HomeDomain", "missing"));
		Files.createDirectories(output.resolve("HomeDomain"));
		Files.writeString(output.resolve("HomeDomain/damaged"), "from an earlier version");
		ExtractReport report = extract(builder, "a", FileFilter.ALL);
		assertEquals(List.of("damaged", "missing"),
				report.damaged().stream().map(VerifyReport.Damage::path).toList());
		assertEquals(List.of("HomeDomain/damaged", "HomeDomain/sound"), tree(output));
		assertEquals("from an earlier version", text(output.resolve("HomeDomain/damaged")));
	}

	@Test
	void leavesNothingHalfWrittenWhenCancelled() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted("a");
		for (int i = 0; i < 50; i++) {
			builder.add(Item.file("HomeDomain", "file" + i, new byte[200_000]));
		}
		builder.build();
		JobControl[] control = new JobControl[1];
		control[0] = new JobControl(event -> {
			if (event instanceof JobEvent.Progress) {
				control[0].cancel();
			}
		});
		assertThrows(CancelledException.class, () -> extract(builder, "a", FileFilter.ALL, control[0]));
		for (String path : tree(output)) {
			assertTrue(path.startsWith("HomeDomain/file"), path);
			assertEquals(200_000, Files.size(output.resolve(path)));
		}
		assertTrue(tree(output).size() < 50);
	}

	@Test
	void clearsAwayWhatAnExtractionLeftThatWasKilled() throws IOException {
		Path killed = Files.createDirectories(output.resolve(".keepsake-temp-1234"));
		Files.writeString(killed.resolve(".lock"), "");
		Files.writeString(killed.resolve("4711"), "half a file");
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a"));
		builder.build();
		extract(builder, null, FileFilter.ALL);
		assertEquals(List.of("HomeDomain/a"), tree(output));
		assertFalse(Files.exists(killed));
	}

	@Test
	void saysBeforeTheFirstByteThatFilesWillNotFit() throws IOException {
		long total = Files.getFileStore(folder).getTotalSpace();
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a"))
				.add(file("HomeDomain", "large").recordedSize(total));
		builder.build();
		try (RandomAccessFile sparse = new RandomAccessFile(builder.stored("HomeDomain", "large").toFile(), "rw")) {
			sparse.setLength(total);
		} catch (IOException e) {
			Assumptions.abort("This file system holds no file that is larger than itself");
		}
		BackupReadTest.assertProblem(BackupProblems.NO_SPACE, () -> extract(builder, null, FileFilter.ALL));
		assertEquals(List.of(), tree(output));
	}

	@Test
	void isNotKeptFromWritingByASizeThatLies() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a"))
				.add(file("HomeDomain", "lie").recordedSize(1L << 60));
		builder.build();
		ExtractReport report = extract(builder, null, FileFilter.ALL);
		assertEquals(List.of("lie"), report.damaged().stream().map(VerifyReport.Damage::path).toList());
		assertEquals(1, report.files());
	}

	@Test
	void saysThatTheFolderCannotBeWrittenTo() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(file("HomeDomain", "a"));
		builder.build();
		Files.createDirectories(output.getParent());
		Files.writeString(output, "a file");
		BackupReadTest.assertProblem(BackupProblems.NOT_WRITABLE, () -> extract(builder, null, FileFilter.ALL));
	}

	@Test
	void reportsProgressUpToTheWhole() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, "a");
		builder.build();
		List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
		ExtractReport report = extract(builder, "a", FileFilter.ALL, new JobControl(events::add));
		JobEvent.Progress last = (JobEvent.Progress) events.getLast();
		assertEquals(1, last.fraction());
		assertEquals(report.files(), last.filesDone());
		assertEquals(report.bytes(), last.bytesDone());
		assertEquals(new TreeSet<>(List.of("index", "extracting")),
				events.stream().filter(JobEvent.Phase.class::isInstance).map(event -> ((JobEvent.Phase) event).phase())
						.collect(Collectors.toCollection(TreeSet::new)));
	}
}
