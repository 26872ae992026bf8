// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;

/** The program restic and Keepsake use one object store. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ResticJudgeTest {

	@TempDir
	Path folder;

	@Test
	void readsWhatResticWroteAndResticReadsWhatWasCopied() throws Exception {
		Programs.require("restic");
		Path files = Files.createDirectories(folder.resolve("files"));
		for (int i = 0; i < 20; i++) {
			byte[] content = new byte[400_000 + i];
			new Random(i).nextBytes(content);
			Files.write(files.resolve("file" + i), content);
		}
		try (S3ProxyServer server = new S3ProxyServer(folder.resolve("served"))) {
			restic(server.url() + "/bucket/theirs", "init");
			restic(server.url() + "/bucket/theirs", "backup", files.toString());
			S3StorageFactory factory = new S3StorageFactory();
			TestContext context = new TestContext(S3ProxyTest.KEYS, Map.of(), Map.of());
			try (Storage theirs = factory.open("s3:" + server.url() + "/bucket/theirs", context);
					Storage copy = factory.open("s3:" + server.url() + "/bucket/deep/copy", context)) {
				Map<String, Long> blobs = list(theirs);
				assertEquals(filesOnServer("objects/bucket/theirs"), blobs);
				assertTrue(blobs.keySet().stream().anyMatch(name -> name.startsWith("data/")));
				copy.create();
				for (String name : Stream.concat(blobs.keySet().stream(), Stream.of("config")).toList()) {
					copy.put(name, checked(theirs, name));
				}
				String checked = restic(server.url() + "/bucket/deep/copy", "check", "--read-data");
				assertTrue(checked.contains("no errors were found"), checked);
				restic(server.url() + "/bucket/deep/copy", "restore", "latest", "--target",
						folder.resolve("back").toString());
				assertEquals(-1, Files.mismatch(files.resolve("file7"),
						folder.resolve("back").resolve(files.toString().substring(1)).resolve("file7")));
				String snapshot = blobs.keySet().stream().filter(name -> name.startsWith("snapshots/")).findFirst()
						.orElseThrow();
				copy.delete(snapshot);
				assertTrue(restic(server.url() + "/bucket/deep/copy", "snapshots", "--json").contains("[]"));
			}
		}
	}

	private Map<String, Long> filesOnServer(String place) throws IOException {
		Map<String, Long> found = new TreeMap<>();
		try (Stream<Path> all = Files.walk(folder.resolve("served").resolve(place))) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String path = folder.resolve("served").resolve(place).relativize(file).toString();
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
	private static BlobSource checked(Storage storage, String name) throws IOException, GeneralSecurityException {
		byte[] content;
		try (InputStream in = storage.get(name, 0, -1)) {
			content = in.readAllBytes();
		}
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
		if (!name.equals("config")) {
			assertTrue(name.endsWith("/" + HexFormat.of().formatHex(digest)), name);
		}
		return new BlobSource() {
			@Override
			public long sizeBytes() {
				return content.length;
			}

			@Override
			public InputStream open() {
				return new ByteArrayInputStream(content);
			}

			@Override
			public byte[] sha256() {
				return digest.clone();
			}
		};
	}

	private String restic(String place, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("restic", "-r", "s3:" + place));
		command.addAll(List.of(arguments));
		Map<String, String> environment = new TreeMap<>(S3ProxyTest.KEYS);
		environment.put("RESTIC_PASSWORD", "secret");
		environment.put("RESTIC_CACHE_DIR", folder.resolve("cache").toString());
		return Programs.run(folder, environment, command);
	}
}
