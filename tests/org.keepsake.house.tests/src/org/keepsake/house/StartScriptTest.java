// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The product's start script, with a Java that only says how it was called. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {

	private static final Path DIST = Path.of(System.getProperty("keepsake.root", "../.."))
			.resolve("releng/org.keepsake.product/dist");

	@TempDir
	Path folder;
	private Path install;

	@BeforeEach
	void install() throws IOException {
		install = Files.createDirectories(folder.toRealPath().resolve("a b (c) & d")).resolve("keepsake");
		Files.createDirectories(install.resolve("lib"));
		Files.copy(DIST.resolve("keepsake"), install.resolve("keepsake"));
		Files.copy(DIST.resolve("lib/find-java.sh"), install.resolve("lib/find-java.sh"));
		Files.setPosixFilePermissions(install.resolve("keepsake"), PosixFilePermissions.fromString("rwxr-xr-x"));
		Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
		Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
	}

	private List<String> start(Path where, String... command) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
		builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
		builder.environment().put("KEEPSAKE_HOME", folder.resolve("home").toString());
		builder.environment().put("CDPATH", "/");
		builder.environment().remove("KEEPSAKE_JAVA_OPTIONS");
		Process process = builder.start();
		List<String> said = process.inputReader().lines().toList();
		assertEquals(0, process.waitFor(), said::toString);
		return said;
	}

	private void assertStarts(List<String> said, String... arguments) {
		assertTrue(said.contains(install + "/lib/launcher.jar:" + install + "/lib/framework.jar"), said::toString);
		int launcher = said.indexOf("org.keepsake.launcher.internal.Launcher");
		assertEquals(List.of(arguments), said.subList(launcher + 1, said.size()));
	}

	@Test
	void startsFromAnywhereWithItsArgumentsWhole() throws Exception {
		assertStarts(start(folder, install + "/keepsake", "files", "a b", "", "*"), "files", "a b", "", "*");
		assertStarts(start(install, "./keepsake", "--version"), "--version");
		assertStarts(start(install.getParent(), "keepsake/keepsake", "--version"), "--version");
	}

	@Test
	void startsByABareNameWithoutItsBit() throws Exception {
		Files.setPosixFilePermissions(install.resolve("keepsake"), PosixFilePermissions.fromString("rw-r--r--"));
		assertStarts(start(install, "bash", "keepsake", "--version"), "--version");
	}

	@Test
	void startsThroughLinks() throws Exception {
		Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("a b (c) & d/keepsake/keepsake"));
		Files.createDirectory(folder.resolve("bin"));
		Path far = Files.createSymbolicLink(folder.resolve("bin/keepsake"), Path.of("../near"));
		assertStarts(start(folder, "bash", "near", "--version"), "--version");
		assertStarts(start(Path.of("/"), near.toString(), "--version"), "--version");
		assertStarts(start(Path.of("/"), far.toString(), "--version"), "--version");
	}

	@Test
	void theWindowHasADisplayAndLongWorkASmallHeap() throws Exception {
		assertFalse(start(folder, install + "/keepsake").contains("-Djava.awt.headless=true"));
		assertTrue(start(folder, install + "/keepsake", "backup").contains("-Xmx192m"));
	}
}
