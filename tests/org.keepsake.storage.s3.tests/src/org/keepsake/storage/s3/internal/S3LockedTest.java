// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keepsake.core.storage.Storage;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.StorageSettings;
import org.keepsake.testing.ServerProgram;
import org.keepsake.testing.StorageContract;

import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** What every storage must do, in a bucket that keeps every version for a day, with moto as the service. */
class S3LockedTest extends StorageContract {

	private static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", "me", "AWS_SECRET_ACCESS_KEY",
			"hunter2hunter2");
	private static final Pattern RUNNING = Pattern.compile("Running on (http://127.0.0.1:(?<port>[0-9]+))");
	private static final ServerProgram SERVER = new ServerProgram();
	private static String url = "";

	private final String place = UUID.randomUUID().toString();

	@BeforeAll
	static void start() throws IOException {
		String python = String.valueOf(System.getenv("KEEPSAKE_PYTHON"));
		Path program = Path.of(python).resolveSibling("moto_server");
		if (!Files.isExecutable(program)) {
			System.out.println("Skipped: moto is not installed beside KEEPSAKE_PYTHON");
		}
		assumeTrue(Files.isExecutable(program), "moto is not installed beside KEEPSAKE_PYTHON");
		url = SERVER.start(new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", "0"), RUNNING).group(1);
		makeBucket();
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	private static void makeBucket() throws IOException {
		try (S3Connection connection = connection()) {
			connection.once(client -> client
					.createBucket(each -> each.bucket("locked").objectLockEnabledForBucket(true)));
			connection.once(client -> client.putObjectLockConfiguration(each -> each.bucket("locked")
					.objectLockConfiguration(lock -> lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
							.rule(rule -> rule.defaultRetention(
									retention -> retention.mode(ObjectLockRetentionMode.COMPLIANCE).days(1))))));
		}
	}

	private static S3Connection connection() throws IOException {
		TestContext context = new TestContext(KEYS, Map.of(), Map.of());
		StorageSettings settings = new StorageSettings(context);
		S3Location location = S3Location.parse("s3:" + url + "/locked");
		return new S3Connection(location, S3Options.of(location, settings), new HttpAccess(settings),
				new S3Credentials(settings, context));
	}

	@Override
	protected Storage openMissing() throws IOException {
		return new S3StorageFactory().open("s3:" + url + "/nobucket-" + place + "/x",
				new TestContext(KEYS, Map.of(), Map.of()));
	}

	@Override
	protected Storage open() throws IOException {
		return new S3StorageFactory().open("s3:" + url + "/locked/" + place,
				new TestContext(KEYS, Map.of("multipart.size", "5"), Map.of()));
	}

	@Test
	void deletesWithoutTouchingWhatIsKept() throws IOException {
		String name = "snapshots/" + "ab".repeat(32);
		storage().put(name, source(new byte[100]));
		storage().delete(name);
		assertTrue(storage().size(name).isEmpty());
		try (S3Connection connection = connection()) {
			List<ObjectVersion> versions = connection.once(client -> client
					.listObjectVersions(each -> each.bucket("locked").prefix(place + "/snapshots/"))).versions();
			assertEquals(1, versions.size(), "the bytes stay for as long as the bucket says");
			S3Refusal refused = assertThrows(S3Refusal.class,
					() -> connection.once(client -> client.deleteObject(each -> each.bucket("locked")
							.key(versions.getFirst().key()).versionId(versions.getFirst().versionId()))));
			assertEquals("AccessDenied", refused.code());
		}
	}

	@Test
	void sendsLargeBlobsInParts() throws IOException {
		String name = "data/" + "ab".repeat(32);
		storage().put(name, source(new byte[11_000_000]));
		assertEquals(11_000_000L, storage().size(name).orElseThrow());
	}
}
