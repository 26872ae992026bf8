// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrivateTempTest {

	@TempDir
	Path base = Path.of("");

	/** Another process that makes a file in the folder that is its argument, says where, and waits to be killed. */
	static final class Owner {
		private Owner() {
		}

		public static void main(String[] arguments) throws IOException {
			PrivateTemp temp = PrivateTemp.create(Path.of(arguments[0]));
			Files.writeString(temp.file("sms.db"), "secret");
			System.out.println(temp.folder());
			System.in.read();
		}
	}

	private Process fork() throws IOException {
		String classes = Stream.of(PrivateTempTest.class, PrivateTemp.class).map(PrivateTempTest::location).distinct()
				.collect(Collectors.joining(System.getProperty("path.separator")));
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", classes, Owner.class.getName(),
				base.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/** Where a class lies, also when this test runs inside OSGi. */
	private static String location(Class<?> type) {
		try {
			Path path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
			Path built = path.resolve("target").resolve("classes");
			return (Files.isDirectory(built) ? built : path).toString();
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private List<Path> left() throws IOException {
		try (Stream<Path> files = Files.list(base)) {
			return files.toList();
		}
	}

	@Test
	void isForThisUserAloneAndGoneWhenClosed() throws IOException {
		try (PrivateTemp temp = PrivateTemp.create(base)) {
			Path file = temp.file("Manifest.db");
			Files.writeString(file, "secret");
			Files.createDirectories(temp.folder().resolve("a/b"));
			Files.writeString(temp.folder().resolve("a/b/c"), "secret");
			if (Files.getFileStore(base).supportsFileAttributeView(PosixFileAttributeView.class)) {
				assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
				assertEquals("rwx------",
						PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.folder())));
			}
		}
		assertEquals(List.of(), left());
	}

	@Test
	void whatAKilledProcessLeftIsDeletedAndWhatALivingOneUsesIsNot() throws Exception {
		Process owner = fork();
		try (BufferedReader said = owner.inputReader()) {
			Path folder = Path.of(said.readLine());
			PrivateTemp.create(base).close();
			assertEquals("secret", Files.readString(folder.resolve("sms.db")));
			owner.destroyForcibly().waitFor();
			assertTrue(Files.exists(folder.resolve("sms.db")), "nobody deleted it yet");
			PrivateTemp.create(base).close();
			assertEquals(List.of(), left());
		} finally {
			owner.destroyForcibly();
		}
	}

	@Test
	void whatWasNeverLockedIsDeletedOnlyWhenItIsOldAndEmpty() throws IOException {
		Path begun = Files.createDirectory(base.resolve(".keepsake-temp-1"));
		Path old = Files.createDirectory(base.resolve(".keepsake-temp-2"));
		Files.writeString(old.resolve(".lock.new"), "");
		Path full = Files.createDirectory(base.resolve(".keepsake-temp-3"));
		Files.writeString(full.resolve("file"), "somebody's");
		for (Path folder : List.of(old, full)) {
			Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(90_000)));
		}
		try (PrivateTemp temp = PrivateTemp.create(base)) {
			assertTrue(Files.exists(temp.folder()));
			assertFalse(Files.exists(old));
			assertTrue(Files.exists(begun), "another process may be about to lock it");
			assertEquals("somebody's", Files.readString(full.resolve("file")));
		}
	}

	@Test
	void leavesWhatThisProcessUsesAlone() throws IOException {
		try (PrivateTemp first = PrivateTemp.create(base); PrivateTemp second = PrivateTemp.create(base)) {
			assertTrue(Files.exists(first.file("same")));
			assertTrue(Files.exists(second.file("same")));
		}
		assertEquals(List.of(), left());
	}

	@Test
	void sweepsThroughNoLink() throws IOException {
		Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
		Files.writeString(elsewhere.resolve(".lock"), "");
		Files.writeString(elsewhere.resolve("file"), "not ours");
		Files.createSymbolicLink(base.resolve(".keepsake-temp-link"), elsewhere);
		Path crashed = Files.createDirectory(base.resolve(".keepsake-temp-crashed"));
		Files.writeString(crashed.resolve(".lock"), "");
		Files.createSymbolicLink(crashed.resolve("link"), elsewhere);
		PrivateTemp.create(base).close();
		assertFalse(Files.exists(crashed));
		assertEquals("not ours", Files.readString(elsewhere.resolve("file")));
	}

	@Test
	void namesNoFileElsewhere() throws IOException {
		try (PrivateTemp temp = PrivateTemp.create(base)) {
			for (String name : List.of("../out", "a/b", "/tmp/out", "")) {
				assertThrows(IllegalArgumentException.class, () -> temp.file(name), name);
			}
		}
	}
}
