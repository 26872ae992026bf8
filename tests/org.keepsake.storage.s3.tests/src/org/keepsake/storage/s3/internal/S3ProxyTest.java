// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.StorageSettings;
import org.keepsake.testing.S3ProxyServer;
import org.keepsake.testing.StorageContract;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What every storage must do, with s3proxy as the service. */
class S3ProxyTest extends StorageContract {

	static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", S3ProxyServer.ACCESS, "AWS_SECRET_ACCESS_KEY",
			S3ProxyServer.SECRET);

	@TempDir
	static Path folder;
	private static @Nullable S3ProxyServer server;

	private final String place = UUID.randomUUID().toString();

	@BeforeAll
	static void start() throws IOException {
		server = new S3ProxyServer(folder);
	}

	@AfterAll
	static void stop() throws IOException {
		S3ProxyServer running = server;
		if (running != null) {
			running.close();
		}
	}

	@Override
	protected Storage openMissing() throws IOException {
		return new S3StorageFactory().open("s3:" + running().url() + "/nobucket-" + place + "/x",
				new TestContext(KEYS, Map.of(), Map.of()));
	}

	@Override
	protected Storage open() throws IOException {
		return open(Map.of("multipart.size", "5"));
	}

	private Storage open(Map<String, String> settings) throws IOException {
		return new S3StorageFactory().open("s3:" + running().url() + "/bucket/a prefix/".replace(" ", "%20") + place,
				new TestContext(KEYS, settings, Map.of()));
	}

	@Override
	protected @Nullable Server serverBehind() {
		return new Server() {
			@Override
			public void stop() throws IOException {
				running().stop();
			}

			@Override
			public void start() throws IOException {
				running().start();
			}
		};
	}

	@Test
	void laysBlobsOutAsResticDoes() throws IOException {
		String digits = "ab" + "0".repeat(62);
		storage().put("data/" + digits, source(new byte[10]));
		storage().put("keys/" + digits, source(new byte[10]));
		Path root = running().objects().resolve("bucket/a prefix").resolve(place);
		assertTrue(Files.isRegularFile(root.resolve("data/ab/" + digits)));
		assertTrue(Files.isRegularFile(root.resolve("keys/" + digits)));
	}

	@Test
	void sendsLargeBlobsInParts() throws IOException {
		byte[] content = new byte[13_000_000];
		new Random(7).nextBytes(content);
		String name = "data/" + "cd".repeat(32);
		storage().put(name, source(content));
		try (InputStream in = storage().get(name, 5_000_000, 6_000_000)) {
			assertTrue(Arrays.equals(Arrays.copyOfRange(content, 5_000_000, 11_000_000), in.readAllBytes()));
		}
		StorageException refused = assertThrows(StorageException.class,
				() -> storage().put(name, source(content)));
		assertEquals(StorageException.Reason.EXISTS, refused.reason());
		try (Storage withMd5 = open(Map.of("multipart.size", "5", "checksum", "md5"))) {
			withMd5.put("data/" + "ce".repeat(32), source(content));
			assertEquals(13_000_000L, withMd5.size("data/" + "ce".repeat(32)).orElseThrow());
		}
	}

	@Test
	void partsOfAnUploadThatNobodyCompletesAreRemovedADayLater() throws IOException {
		S3Location location = S3Location.parse("s3:" + running().url() + "/bucket/" + place);
		TestContext context = new TestContext(KEYS, Map.of("multipart.size", "5"), Map.of());
		StorageSettings settings = new StorageSettings(context);
		S3Options options = S3Options.of(location, settings);
		S3Connection connection = new S3Connection(location, options, new HttpAccess(settings),
				new S3Credentials(settings, context));
		String ours = place + "/data/ef/" + "ef".repeat(32);
		try (Storage today = new S3Storage(connection, options, Clock.systemUTC());
				Storage later = new S3Storage(connection, options,
						Clock.offset(Clock.systemUTC(), Duration.ofHours(25)))) {
			today.create();
			begin(connection, ours);
			begin(connection, place + "2/data/ef/" + "ef".repeat(32));
			today.tidy();
			assertEquals(2, unfinished(connection).size());
			later.tidy();
			assertEquals(List.of(place + "2/data/ef/" + "ef".repeat(32)), unfinished(connection));
			today.put("data/" + "ef".repeat(32), source(new byte[6_000_000]));
		}
	}

	private static void begin(S3Connection connection, String key) throws IOException {
		String upload = connection
				.once(client -> client.createMultipartUpload(each -> each.bucket("bucket").key(key))).uploadId();
		connection.once(client -> client.uploadPart(
				each -> each.bucket("bucket").key(key).uploadId(upload).partNumber(1).contentLength(5L << 20),
				RequestBody.fromBytes(new byte[5 << 20])));
	}

	private List<String> unfinished(S3Connection connection) throws IOException {
		return connection.once(client -> client.listMultipartUploads(each -> each.bucket("bucket"))).uploads().stream()
				.map(MultipartUpload::key).filter(key -> key.startsWith(place)).sorted().toList();
	}

	@Test
	void speaksTlsWithWhomItTrusts(@TempDir Path other) throws IOException {
		byte[] content = new byte[6_000_000];
		new Random(8).nextBytes(content);
		String name = "data/" + "cd".repeat(32);
		try (S3ProxyServer secure = new S3ProxyServer(other, true);
				Storage pinned = new S3StorageFactory().open("s3:" + secure.url() + "/bucket/x",
						new TestContext(KEYS, Map.of("pin", secure.pin(), "multipart.size", "5"), Map.of()));
				Storage wary = new S3StorageFactory().open("s3:" + secure.url() + "/bucket/x",
						new TestContext(KEYS, Map.of(), Map.of()))) {
			pinned.create();
			pinned.put(name, source(content));
			pinned.put("config", source(new byte[155]));
			try (InputStream in = pinned.get(name, 0, -1)) {
				assertTrue(Arrays.equals(content, in.readAllBytes()));
			}
			ProblemException told = assertThrows(ProblemException.class, () -> wary.size(name));
			assertTrue(told.is(StorageProblems.NOT_TRUSTED), told.toString());
			assertTrue(told.problem().cause().contains(secure.pin()), told.problem().cause());
		}
	}

	@Test
	void saysIfTheSecretIsWrong() throws IOException {
		TestContext context = new TestContext(Map.of("HOME", folder.toString()), Map.of(),
				Map.of("access-key", S3ProxyServer.ACCESS, "secret-key", "wrong"));
		try (Storage storage = new S3StorageFactory().open("s3:" + running().url() + "/bucket/x", context)) {
			ProblemException told = assertThrows(ProblemException.class,
					() -> storage.list("keys", (name, size) -> true));
			assertTrue(told.is(StorageProblems.CREDENTIALS), told.toString());
			assertTrue(assertThrows(ProblemException.class, () -> storage.size("config"))
					.is(StorageProblems.CREDENTIALS));
		}
	}

	@Test
	void saysIfThereIsNoBucket() throws IOException {
		try (Storage storage = new S3StorageFactory().open("s3:" + running().url() + "/no-such-bucket/x",
				new TestContext(KEYS, Map.of(), Map.of()))) {
			assertTrue(assertThrows(ProblemException.class, () -> storage.list("keys", (name, size) -> true))
					.is(StorageProblems.NO_SUCH_PLACE));
			assertTrue(assertThrows(ProblemException.class, () -> storage.put("config", source(new byte[1])))
					.is(StorageProblems.NO_SUCH_PLACE));
			assertTrue(assertThrows(ProblemException.class, () -> storage.get("config", 0, -1).close())
					.is(StorageProblems.NO_SUCH_PLACE));
		}
	}

	private static S3ProxyServer running() {
		S3ProxyServer running = server;
		if (running == null) {
			throw new IllegalStateException("No server");
		}
		return running;
	}
}
