// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;

/**
 * The program restic and a storage use one server, which the subclass starts before and ends after the test. Skipped if
 * restic is not installed.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class ResticJudge {

	/** The test's own. */
	@TempDir
	protected Path folder = Path.of("");

	/** Our storage over a place of the server. */
	protected abstract Storage open(String place) throws IOException;

	/** How restic calls that place. */
	protected abstract String repository(String place);

	/** The files that the server has for that place. */
	protected abstract Path files(String place);

	/** What else restic is told. */
	protected Map<String, String> environment() {
		return Map.of();
	}

	@Test
	final void readsWhatResticWroteAndResticReadsWhatWasCopied() throws IOException {
		Programs.require("restic");
		Path files = Files.createDirectories(folder.resolve("files"));
		for (int i = 0; i < 20; i++) {
			Files.write(files.resolve("file" + i), Blobs.random(400_000 + i));
		}
		restic("theirs", "init");
		restic("theirs", "backup", files.toString());
		try (Storage theirs = open("theirs"); Storage copy = open("deep/copy")) {
			Map<String, Long> blobs = list(theirs);
			assertEquals(filesOnServer("theirs"), blobs);
			assertTrue(blobs.keySet().stream().anyMatch(name -> name.startsWith("data/")));
			copy.create();
			for (String name : Stream.concat(blobs.keySet().stream(), Stream.of("config")).toList()) {
				copy.put(name, checked(theirs, name));
			}
			String checked = restic("deep/copy", "check", "--read-data");
			assertTrue(checked.contains("no errors were found"), checked);
			restic("deep/copy", "restore", "latest", "--target", folder.resolve("back").toString());
			assertEquals(-1, Files.mismatch(files.resolve("file7"),
					folder.resolve("back").resolve(files.toString().substring(1)).resolve("file7")));
			String snapshot = blobs.keySet().stream().filter(name -> name.startsWith("snapshots/")).findFirst()
					.orElseThrow();
			copy.delete(snapshot);
			assertTrue(restic("deep/copy", "snapshots", "--json").contains("[]"));
		}
	}

	private Map<String, Long> filesOnServer(String place) throws IOException {
		Map<String, Long> found = new TreeMap<>();
		try (Stream<Path> all = Files.walk(files(place))) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String path = files(place).relativize(file).toString();
				if (!path.equals("config")) {
					found.put(path.replaceFirst("^data/../", "data/"), Files.size(file));
				}
			}
		}
		return found;
	}

	private static Map<String, Long> list(Storage storage) throws IOException {
		Map<String, Long> found = new TreeMap<>();
		for (String kind : List.of("keys", "locks", "snapshots", "index", "data")) {
			storage.list(kind, (name, size) -> {
				found.put(name, size);
				return true;
			});
		}
		return found;
	}

	/** A blob's content, which must be what its name promises. */
	private static BlobSource checked(Storage storage, String name) throws IOException {
		byte[] content;
		try (InputStream in = storage.get(name, 0, -1)) {
			content = in.readAllBytes();
		}
		if (!name.equals("config")) {
			assertTrue(name.endsWith("/" + HexFormat.of().formatHex(Blobs.sha256(content))), name);
		}
		return Blobs.source(content);
	}

	private String restic(String place, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("restic", "-r", repository(place)));
		command.addAll(List.of(arguments));
		ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
		program.environment().putAll(environment());
		program.environment().put("RESTIC_PASSWORD", "secret");
		program.environment().put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
		return Programs.run(program);
	}
}
