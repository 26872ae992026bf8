// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.Item;

/**
 * Ours and jsharkey13/iphone_backup_decrypt on the same encrypted backup. {@code KEEPSAKE_PYTHON} names a Python that has
 * it, else {@code python3} is asked.
 */
class DecryptInteropTest {

	private static final String PASSWORD = "Paßwort 🔑";
	private static final String EXTRACT = """
			import os, sys
			from iphone_backup_decrypt import EncryptedBackup
			source, target = sys.argv[1:3]
			backup = EncryptedBackup(backup_directory=source, passphrase=os.environ["BACKUP_PASSWORD"])
			backup.extract_files(relative_paths_like="%", domain_like="%", output_folder=target, preserve_folders=True,
			    domain_subfolders=True, filter_callback=lambda *, file_plist, **_: file_plist.encryption_key is not None)
			""";

	@TempDir
	Path folder = Path.of("");

	private record Ran(int status, String output) {
	}

	private Ran python(String... arguments) throws IOException, InterruptedException {
		@Nullable
		String named = System.getenv("KEEPSAKE_PYTHON");
		List<String> command = new ArrayList<>(List.of(named == null ? "python3" : named));
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(folder, "python", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
		builder.environment().put("BACKUP_PASSWORD", PASSWORD);
		builder.environment().put("PYTHONUTF8", "1");
		Process process = builder.start();
		if (!process.waitFor(120, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			return new Ran(-1, "no end");
		}
		return new Ran(process.exitValue(), Files.readString(output));
	}

	private void requireOther() throws InterruptedException {
		String reason;
		try {
			reason = python("-c", "import iphone_backup_decrypt").output;
		} catch (IOException e) {
			reason = String.valueOf(e.getMessage());
		}
		if (!reason.isEmpty()) {
			String why = "Not compared with iphone_backup_decrypt, which is not here: " + reason.strip();
			System.out.println(why);
			abort(why);
		}
	}

	private static Map<String, Path> files(Path root) throws IOException {
		try (Stream<Path> all = Files.walk(root)) {
			return Map.copyOf(all.filter(Files::isRegularFile).collect(
					Collectors.toMap(file -> root.relativize(file).toString(), file -> file)));
		}
	}

	@Test
	void agreesByteForByteWithAnotherReader() throws IOException, InterruptedException {
		requireOther();
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD).rounds(1000);
		int number = 0;
		for (int length : new int[] { 1, 15, 16, 17, 4096, 65_535, 65_536, 65_537, 1_048_576, 3_000_001 }) {
			builder.add(Item.file("AppDomain-com.example", "Documents/größe " + length + ".bin",
					BackupReadTest.content(length)).protectedBy(1 + number++ % 4).references(1 + number % 2, 2));
		}
		Path backupFolder = builder.build();
		Path theirs = Files.createDirectory(folder.resolve("theirs"));
		Path script = Files.writeString(folder.resolve("extract.py"), EXTRACT);
		Ran ran = python(script.toString(), backupFolder.toString(), theirs.toString());
		assertEquals(0, ran.status, ran.output);
		Path ours = folder.resolve("ours");
		try (Backup backup = Backup.open(builder.tree()); Secret secret = Secret.of(PASSWORD)) {
			backup.unlock(secret, JobMonitor.NONE);
			assertEquals(List.of(), backup.extract(FileFilter.ALL, ours, JobMonitor.NONE).damaged());
		}
		Map<String, Path> expected = files(theirs);
		Map<String, Path> found = files(ours);
		assertEquals(expected.keySet(), found.keySet());
		assertEquals(10, found.size());
		for (Map.Entry<String, Path> each : expected.entrySet()) {
			Path other = found.get(each.getKey());
			assertTrue(other != null && Files.getLastModifiedTime(other).toMillis() == Files
					.getLastModifiedTime(each.getValue()).toMillis(), each.getKey());
			assertArrayEquals(Files.readAllBytes(each.getValue()), Files.readAllBytes(other), each.getKey());
		}
	}
}
