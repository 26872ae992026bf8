// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.testing.Blobs;
import org.keepsake.testing.TroubleServer;

/** A service that fails in every way that a service can. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class S3TroubleTest {

	private static final String NAME = "data/" + "ab".repeat(32);
	private static final String KEY = "data/ab/" + "ab".repeat(32);
	private static final Map<String, String> KEYS = Map.of("AWS_ACCESS_KEY_ID", "me", "AWS_SECRET_ACCESS_KEY",
			"hunter2hunter2");

	private final byte[] content = Blobs.random(200_000);
	private TroubledS3 server;
	private Storage storage;

	@BeforeEach
	void start() throws IOException {
		server = new TroubledS3();
		storage = open(Map.of("timeout.seconds", "5"));
		storage.create();
	}

	private Storage open(Map<String, String> settings) throws IOException {
		return new S3StorageFactory().open(server.location(), new TestContext(KEYS, settings, Map.of()));
	}

	@AfterEach
	void stop() throws IOException {
		storage.close();
		server.close();
	}

	@Test
	void triesAgainWhenTheServiceIsBusy() throws IOException {
		server.next("PUT", TroubledS3.refusal(500, "InternalError"), TroubledS3.refusal(503, "SlowDown"),
				server.cut(), TroubledS3.refusal(400, "BadDigest"));
		server.next("GET", TroubledS3.refusal(503, "ServiceUnavailable"));
		server.next("HEAD", TroubleServer.status(500, ""));
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(KEY));
		assertArrayEquals(content, all(NAME, 0, -1));
		server.next("GET", server.cut());
		assertArrayEquals(Arrays.copyOfRange(content, 10, 150_010), all(NAME, 10, 150_000));
		server.next("DELETE", TroubledS3.refusal(503, "SlowDown"));
		storage.delete(NAME);
		assertEquals(Map.of(), server.blobs());
	}

	@Test
	void findsAPutDoneWhoseAnswerWasLost() throws IOException {
		server.next("PUT", server.takeWithoutAnswer(Integer.MAX_VALUE));
		storage.put(NAME, Blobs.source(content));
		assertEquals(1, server.asked("PUT " + KEY), "nothing is sent twice");
		StorageException taken = assertThrows(StorageException.class, () -> storage.put(NAME, Blobs.source(content)));
		assertEquals(StorageException.Reason.EXISTS, taken.reason());
	}

	@Test
	void asksForTheNameToBeFreeAndForTheContentToBeCompared() throws IOException {
		storage.put(NAME, Blobs.source(content));
		assertEquals("*", server.headers.getFirst().getFirst("If-None-Match"));
		assertEquals(Base64.getEncoder().encodeToString(digest("SHA-256", content)),
				server.headers.getFirst().getFirst("x-amz-checksum-sha256"));
	}

	@Test
	void doesWithoutWhatTheServiceDoesNotKnow() throws IOException {
		server.next("PUT", TroubledS3.refusal(501, "NotImplemented"), TroubledS3.refusal(501, "NotImplemented"));
		storage.put(NAME, Blobs.source(content));
		assertNull(server.headers.getFirst().getFirst("If-None-Match"));
		assertEquals(Base64.getEncoder().encodeToString(digest("MD5", content)),
				server.headers.getFirst().getFirst("Content-MD5"));
		String other = "data/" + "cd".repeat(32);
		storage.put(other, Blobs.source(content));
		assertEquals(1, server.asked("PUT data/cd/" + "cd".repeat(32)), "it is asked but once");
		StorageException taken = assertThrows(StorageException.class, () -> storage.put(other, Blobs.source(content)));
		assertEquals(StorageException.Reason.EXISTS, taken.reason());
	}

	@Test
	void listsAllPagesAndPassesOverWhatIsNoBlob() throws IOException {
		TreeSet<String> names = new TreeSet<>();
		for (int i = 0; i < 7; i++) {
			String digits = String.format("%02x", i) + "0".repeat(62);
			server.blobs().put("data/" + digits.substring(0, 2) + "/" + digits, new byte[i]);
			names.add("data/" + digits);
		}
		server.blobs().put("data/00/tmp", new byte[1]);
		server.blobs().put("data/zz/" + "1".repeat(64), new byte[1]);
		server.next("GET", exchange -> false, TroubledS3.refusal(500, "InternalError"));
		List<String> found = new ArrayList<>();
		storage.list("data", (name, size) -> found.add(name));
		assertEquals(List.copyOf(names), found);
	}

	@Test
	void understandsAServiceThatKnowsNoParts() throws IOException {
		server.blobs().put(KEY, content);
		server.next("GET", whole(), whole());
		assertArrayEquals(Arrays.copyOfRange(content, 100_000, 100_010), all(NAME, 100_000, 10));
		assertThrows(EOFException.class, () -> all(NAME, 199_999, 2));
	}

	private TroubleServer.Fault whole() {
		return exchange -> {
			exchange.sendResponseHeaders(200, content.length);
			exchange.getResponseBody().write(content);
			return true;
		};
	}

	@Test
	void goesToTheRegionThatTheServiceSays() throws IOException {
		server.next("GET", exchange -> {
			exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-central-1");
			TroubleServer.answer(exchange, 400, TroubledS3.error("AuthorizationHeaderMalformed", "wrong region"));
			return true;
		});
		server.next("HEAD", exchange -> {
			assertTrue(exchange.getRequestHeaders().getFirst("Authorization").contains("/eu-central-1/s3/"));
			return false;
		});
		server.blobs().put("keys/" + "ab".repeat(32), new byte[1]);
		List<String> found = new ArrayList<>();
		storage.list("keys", (name, size) -> found.add(name));
		assertEquals(1, found.size());
		assertEquals(Optional.empty(), storage.size(NAME));
	}

	@ParameterizedTest
	@CsvSource({ "403,InvalidAccessKeyId,storage.credentials", "403,SignatureDoesNotMatch,storage.credentials",
			"400,ExpiredToken,storage.credentials", "403,AccessDenied,storage.forbidden",
			"403,RequestTimeTooSkewed,storage.clock", "404,NoSuchBucket,storage.no-such-place",
			"418,Teapot,storage.failed" })
	void tellsRefusalsApart(int status, String code, String problem) {
		for (Act act : new Act[] { () -> storage.list("keys", (name, size) -> true),
				() -> storage.get(NAME, 0, -1).close() }) {
			server.next("GET", TroubledS3.refusal(status, code));
			assertProblem(problem, act);
		}
		server.next("PUT", TroubledS3.refusal(status, code));
		assertProblem(problem, () -> storage.put(NAME, Blobs.source(content)));
	}

	@Test
	void asksWhyIfALookIsRefused() {
		server.next("HEAD", TroubleServer.status(403, ""));
		server.next("GET", TroubledS3.refusal(403, "RequestTimeTooSkewed"));
		assertProblem("storage.clock", () -> storage.size(NAME));
		server.next("HEAD", TroubleServer.status(403, ""));
		assertProblem("storage.forbidden", () -> storage.size(NAME));
	}

	@ParameterizedTest
	@CsvSource({ "507,InsufficientStorage", "507,XMinioStorageFull", "400,XMinioAdminBucketQuotaExceeded",
			"403,QuotaExceeded", "422,BucketQuotaExceeded" })
	void saysIfTheServiceIsFull(int status, String code) {
		server.next("PUT", TroubledS3.refusal(status, code));
		StorageException full = assertThrows(StorageException.class, () -> storage.put(NAME, Blobs.source(content)));
		assertEquals(StorageException.Reason.NO_SPACE, full.reason());
	}

	/** What MinIO, s3proxy over a disk, Backblaze and Garage say where their code does not. */
	@ParameterizedTest
	@CsvSource({ "500,InternalError,write /data/x/part.1: no space left on device",
			"500,InternalError,java.io.IOException: No space left on device",
			"403,AccessDenied,'Cannot upload files, storage cap exceeded.'",
			"403,AccessDenied,'Bucket size quota is reached, maximum total size of objects for this bucket: 1'" })
	void readsThatTheServiceIsFullInWhatItSays(int status, String code, String said) {
		server.next("PUT", TroubleServer.status(status, TroubledS3.error(code, "x".repeat(300) + ' ' + said)));
		StorageException full = assertThrows(StorageException.class, () -> storage.put(NAME, Blobs.source(content)));
		assertEquals(StorageException.Reason.NO_SPACE, full.reason());
	}

	@Test
	void aServiceThatOnlySaysThatItFailedMayBeFull() throws IOException {
		try (Storage once = open(Map.of("retry.seconds", "0"))) {
			server.next("PUT", TroubledS3.refusal(500, "InternalError"));
			ProblemException told = assertThrows(ProblemException.class, () -> once.put(NAME, Blobs.source(content)));
			assertEquals("storage.failed", told.problem().code());
			assertTrue(told.problem().remedy().contains("disk of the server is full"), told.problem().remedy());
		}
	}

	private static String uploads(boolean more, String... keysAndAges) {
		StringBuilder text = new StringBuilder("<ListMultipartUploadsResult>");
		for (int i = 0; i < keysAndAges.length; i += 2) {
			text.append("<Upload><Key>").append(keysAndAges[i]).append("</Key><UploadId>id").append(i)
					.append("</UploadId><Initiated>")
					.append(Instant.now().minus(Duration.ofHours(Integer.parseInt(keysAndAges[i + 1]))))
					.append("</Initiated></Upload>");
		}
		return text.append("<IsTruncated>").append(more)
				.append("</IsTruncated><NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker>")
				.append("</ListMultipartUploadsResult>").toString();
	}

	/** Remembers what was asked, and answers. */
	private static TroubleServer.Fault hearing(List<String> asked, int status, String text) {
		return exchange -> {
			asked.add(exchange.getRequestURI().toString());
			return TroubleServer.status(status, text).befall(exchange);
		};
	}

	@Test
	void abortsOnlyOldUploadsOfItsOwnBlobs() throws IOException {
		List<String> asked = new ArrayList<>();
		String other = "index/" + "cd".repeat(32);
		server.next("GET", hearing(asked, 200, uploads(true, KEY, "25", "data/ab/notes.txt", "100", other, "23")),
				hearing(asked, 200, uploads(false, "config", "30", "phones/" + KEY, "99")));
		server.next("DELETE", hearing(asked, 204, ""), hearing(asked, 204, ""));
		storage.tidy();
		assertEquals(4, asked.size(), asked::toString);
		assertTrue(asked.get(1).contains(KEY) && asked.get(1).contains("uploadId=id0"), asked::toString);
		assertTrue(asked.get(2).contains("key-marker=k") && asked.get(2).contains("upload-id-marker=u"),
				asked::toString);
		assertTrue(asked.get(3).contains("config") && asked.get(3).contains("uploadId=id0"), asked::toString);
	}

	@Test
	void whereUploadsCannotBeListedOrAbortedTheyStay() throws IOException {
		server.next("GET", TroubledS3.refusal(403, "AccessDenied"));
		storage.tidy();
		server.next("GET", TroubledS3.refusal(501, "NotImplemented"));
		storage.tidy();
		List<String> asked = new ArrayList<>();
		server.next("GET", TroubleServer.status(200, uploads(false, KEY, "25", "config", "25")));
		server.next("DELETE", hearing(asked, 404, TroubledS3.error("NoSuchUpload", "It is gone")),
				hearing(asked, 403, TroubledS3.error("AccessDenied", "No")));
		storage.tidy();
		assertEquals(2, asked.size(), "one that is gone meanwhile is no reason to end");
		asked.clear();
		server.next("GET", TroubleServer.status(200, uploads(false, KEY, "25", "config", "25")));
		server.next("DELETE", hearing(asked, 403, TroubledS3.error("AccessDenied", "No")));
		storage.tidy();
		assertEquals(1, asked.size(), "who may not abort one need not ask for all");
	}

	@Test
	void aServiceWhoseListOfUploadsNeverEndsIsNotHeardOut() throws IOException {
		server.next("GET", TroubleServer.status(200, uploads(true)), TroubleServer.status(200, uploads(true)));
		storage.tidy();
	}

	@Test
	void saysIfNothingMayBeDeleted() {
		server.next("DELETE", TroubledS3.refusal(403, "AccessDenied"));
		StorageException refused = assertThrows(StorageException.class, () -> storage.delete(NAME));
		assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
		server.next("DELETE", TroubledS3.refusal(403, "SignatureDoesNotMatch"));
		assertProblem("storage.credentials", () -> storage.delete(NAME));
	}

	@Test
	void removesThePartsOfWhatIsNeverDone() throws IOException {
		try (Storage inParts = open(Map.of("multipart.size", "5", "retry.seconds", "0"))) {
			server.next("POST", exchange -> {
				TroubleServer.answer(exchange, 200, "<?xml version=\"1.0\"?><InitiateMultipartUploadResult>"
						+ "<UploadId>u1</UploadId></InitiateMultipartUploadResult>");
				return true;
			});
			server.next("PUT", TroubleServer.status(200, ""), TroubledS3.refusal(403, "AccessDenied"));
			assertProblem("storage.forbidden", () -> inParts.put(NAME, Blobs.source(Blobs.random(6_000_000))));
			assertEquals(1, server.asked("DELETE " + KEY));
			assertEquals(Map.of(), server.blobs());
		}
	}

	@Test
	void saysIfThereAreNoKeysAndShowsNone() throws IOException {
		TestContext nothing = new TestContext(Map.of("HOME", "/nonexistent", "AWS_EC2_METADATA_DISABLED", "true"),
				Map.of(), Map.of());
		try (Storage without = new S3StorageFactory().open(server.location(), nothing)) {
			assertProblem("storage.credentials", () -> without.size(NAME));
		}
		server.next("GET", TroubledS3.refusal(403, "SignatureDoesNotMatch"));
		ProblemException told = assertProblem("storage.credentials", () -> storage.get(NAME, 0, -1).close());
		StringWriter all = new StringWriter();
		told.printStackTrace(new PrintWriter(all));
		assertFalse(all.toString().contains("hunter2"));
	}

	private interface Act {
		void run() throws IOException;
	}

	private static ProblemException assertProblem(String code, Act act) {
		ProblemException told = assertThrows(ProblemException.class, act::run);
		assertEquals(code, told.problem().code(), told.toString());
		return told;
	}

	private byte[] all(String name, long offset, long length) throws IOException {
		try (InputStream in = storage.get(name, offset, length)) {
			return in.readAllBytes();
		}
	}

	private static byte[] digest(String algorithm, byte[] content) {
		try {
			return MessageDigest.getInstance(algorithm).digest(content);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
