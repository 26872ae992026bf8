// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.testing.Blobs;
import org.keepsake.testing.TroubleServer;

/** A server that fails in every way that a server can. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestTroubleTest {

	private static final String NAME = "data/" + "ab".repeat(32);

	private final byte[] content = Blobs.random(200_000);
	private TroubledRest server;
	private Storage storage;

	@BeforeEach
	void start() throws IOException {
		server = new TroubledRest();
		storage = new RestStorageFactory().open(server.location(), TestContext.settings("timeout.seconds", "2"));
		storage.create();
	}

	@AfterEach
	void stop() throws IOException {
		storage.close();
		server.close();
	}

	@Test
	void triesAgainWhenTheServerIsBusy() throws IOException {
		server.next("POST", TroubleServer.status(500, "oops"), TroubleServer.status(503, ""));
		server.next("GET", TroubleServer.status(502, ""));
		server.next("HEAD", TroubleServer.status(429, ""));
		server.next("DELETE", TroubleServer.status(504, ""));
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(NAME));
		assertArrayEquals(content, all(NAME, 0, -1));
		server.next("GET", TroubleServer.status(500, ""));
		assertEquals(List.of(NAME), list("data"));
		storage.delete(NAME);
		assertEquals(Map.of(), server.blobs());
	}

	@Test
	void putsAgainWhenTheConnectionBreaks() throws IOException {
		server.next("POST", server.cut(), server.cut());
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(NAME));
		assertEquals(3, server.asked("POST " + NAME));
	}

	@Test
	void findsAPutDoneWhoseAnswerWasLost() throws IOException {
		server.next("POST", server.takeWithoutAnswer(Integer.MAX_VALUE));
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(NAME));
		assertEquals(1, server.asked("POST " + NAME), "nothing is sent twice");
	}

	@Test
	void replacesHalfABlobThatAnAttemptLeft() throws IOException {
		server.next("POST", server.takeWithoutAnswer(1000));
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(NAME));
		assertEquals(1, server.asked("DELETE " + NAME));
	}

	@Test
	void replacesWhatHasTheSameSizeButOtherBytes() throws IOException {
		server.next("POST", exchange -> {
			exchange.getRequestBody().readAllBytes();
			server.blobs().put(NAME, new byte[content.length]);
			return true;
		});
		storage.put(NAME, Blobs.source(content));
		assertArrayEquals(content, server.blobs().get(NAME));
	}

	@Test
	void goesOnReadingWhereTheConnectionBroke() throws IOException {
		server.blobs().put(NAME, content);
		server.next("GET", server.cut());
		assertArrayEquals(content, all(NAME, 0, -1));
		assertEquals(2, server.asked("GET " + NAME));
		server.next("GET", server.cut(), server.cut(), server.cut());
		assertArrayEquals(Arrays.copyOfRange(content, 10, 150_010), all(NAME, 10, 150_000));
	}

	@Test
	void understandsAServerThatKnowsNoParts() throws IOException {
		server.blobs().put(NAME, content);
		server.next("GET", whole(), whole(), whole());
		assertArrayEquals(Arrays.copyOfRange(content, 100_000, 100_010), all(NAME, 100_000, 10));
		assertArrayEquals(Arrays.copyOfRange(content, 199_990, 200_000), all(NAME, 199_990, -1));
		assertThrows(EOFException.class, () -> all(NAME, 200_001, 1));
	}

	private TroubleServer.Fault whole() {
		return exchange -> {
			exchange.sendResponseHeaders(200, content.length);
			exchange.getResponseBody().write(content);
			return true;
		};
	}

	@Test
	void takesNoOtherPartThanItAskedFor() throws IOException {
		server.blobs().put(NAME, content);
		server.next("GET", exchange -> {
			exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/200000");
			exchange.sendResponseHeaders(206, 10);
			exchange.getResponseBody().write(content, 0, 10);
			return true;
		});
		assertArrayEquals(Arrays.copyOfRange(content, 50, 60), all(NAME, 50, 10));
	}

	@Test
	void saysSoIfABlobIsShorterThanAsked() {
		server.blobs().put(NAME, content);
		assertThrows(EOFException.class, () -> all(NAME, 199_000, 1001));
		server.next("GET", TroubleServer.status(416, ""));
		assertThrows(EOFException.class, () -> all(NAME, 300_000, 1));
	}

	@Test
	void givesUpAServerThatSaysNothing() throws IOException {
		try (Storage impatient = new RestStorageFactory().open(server.location(),
				TestContext.settings("timeout.seconds", "1", "retry.seconds", "0"))) {
			server.next("HEAD", server.silence());
			assertProblem(StorageProblems.UNREACHABLE, () -> impatient.size(NAME));
			server.blobs().put(NAME, content);
			server.next("GET", exchange -> {
				exchange.sendResponseHeaders(200, content.length);
				exchange.getResponseBody().write(content, 0, 100_000);
				exchange.getResponseBody().flush();
				return server.silence().befall(exchange);
			});
			try (InputStream in = impatient.get(NAME, 0, -1)) {
				assertArrayEquals(content, in.readAllBytes(), "a stream that stands still is opened anew");
			}
			assertEquals(2, server.asked("GET " + NAME));
		}
	}

	@Test
	void listsNamesOfTheFirstVersion() throws IOException {
		server.blobs().put(NAME, content);
		server.next("GET", TroubleServer.status(200, "[\"" + "ab".repeat(32) + "\",\"" + "cd".repeat(32) + "\"]"));
		List<String> found = new ArrayList<>();
		storage.list("data", (name, size) -> found.add(name + " " + size));
		assertEquals(List.of(NAME + " 200000"), found, "what is gone by now is no blob");
	}

	@Test
	void tellsNoNameTwiceIfTheListBreaks() throws IOException {
		for (int i = 0; i < 2000; i++) {
			server.blobs().put("index/" + String.format("%064x", i), new byte[1]);
		}
		server.next("GET", exchange -> {
			exchange.sendResponseHeaders(200, 1 << 20);
			exchange.getResponseBody().write(("[{\"name\":\"" + "ef".repeat(32) + "\",\"size\":1},").getBytes());
			exchange.getResponseBody().flush();
			return true;
		});
		List<String> found = list("index");
		assertEquals(2000, found.size());
		assertFalse(found.contains("index/" + "ef".repeat(32)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>Welcome</html>", "[{\"name\":", "{}", "[1]", "[] []", "[\"", "" })
	void saysSoIfAnotherProgramAnswers(String text) {
		server.next("GET", TroubleServer.status(200, text));
		assertProblem(StorageProblems.FAILED, () -> list("data"));
	}

	@Test
	void passesOverHostileNames() throws IOException {
		String good = "{\"size\":7,\"name\":\"" + "ab".repeat(32) + "\",\"more\":[{\"a\":null}]}";
		server.next("GET", TroubleServer.status(200, "[{\"name\":\"../../config\",\"size\":1},{\"name\":\""
				+ "x".repeat(1_000_000) + "\",\"size\":2},{\"name\":\"\\u002e\\u002e/keys\",\"size\":3}," + good
				+ "]"));
		assertEquals(List.of(NAME), list("data"));
	}

	@ParameterizedTest
	@CsvSource({ "507,''", "413,Request Entity Too Large", "500,write /srv/x: no space left on device",
			"500,disk quota exceeded", "507,Insufficient Storage", "400,write x: no space left on device" })
	void saysIfTheServerIsFull(int status, String text) {
		server.next("POST", TroubleServer.status(status, text));
		StorageException full = assertThrows(StorageException.class, () -> storage.put(NAME, Blobs.source(content)));
		assertEquals(StorageException.Reason.NO_SPACE, full.reason());
		assertEquals(Map.of(), server.blobs());
	}

	@Test
	void hearsARefusalThatComesBeforeAllIsSent() {
		TroubleServer.Fault early = exchange -> {
			TroubleServer.answer(exchange, 507, "");
			return true;
		};
		server.next("POST", early, early, early, early, early);
		StorageException full = assertThrows(StorageException.class,
				() -> storage.put(NAME, Blobs.source(Blobs.random(20_000_000))));
		assertEquals(StorageException.Reason.NO_SPACE, full.reason());
		assertEquals(Map.of(), server.blobs());
	}

	@Test
	void tellsRefusalsApart() {
		server.next("POST", TroubleServer.status(403, ""));
		assertProblem(StorageProblems.FORBIDDEN, () -> storage.put(NAME, Blobs.source(content)));
		server.next("HEAD", TroubleServer.status(401, ""));
		assertProblem(StorageProblems.CREDENTIALS, () -> storage.size(NAME));
		server.next("DELETE", TroubleServer.status(403, ""));
		StorageException refused = assertThrows(StorageException.class, () -> storage.delete(NAME));
		assertEquals(StorageException.Reason.FORBIDDEN, refused.reason());
		server.next("GET", TroubleServer.status(404, ""));
		assertProblem(StorageProblems.NO_SUCH_PLACE, () -> list("data"));
		server.next("GET", TroubleServer.status(307, ""));
		assertProblem(StorageProblems.FAILED, () -> list("data"));
		server.blobs().put("config", new byte[1]);
		server.next("GET", TroubleServer.status(404, ""));
		assertEquals(List.of(), assertDoesNotFail(() -> list("data")));
	}

	@Test
	void tellsWhoCannotBeReached() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}
		try (Storage nobody = new RestStorageFactory().open("rest:http://127.0.0.1:" + free + "/", TestContext.NONE)) {
			assertProblem(StorageProblems.REFUSED, () -> nobody.size(NAME));
		}
		try (Storage nobody = new RestStorageFactory().open("rest:http://no-such-host.invalid/", TestContext.NONE)) {
			assertProblem(StorageProblems.UNKNOWN_HOST, () -> nobody.size(NAME));
		}
	}

	@Test
	void goesByTheProxy() throws IOException {
		server.next("HEAD", exchange -> {
			assertEquals("http://backup.example/" + NAME, exchange.getRequestURI().toString());
			exchange.getResponseHeaders().set("Content-Length", "42");
			exchange.sendResponseHeaders(200, -1);
			return true;
		});
		String proxy = server.location().substring("rest:".length());
		try (Storage far = new RestStorageFactory().open("rest:http://backup.example/",
				TestContext.settings("proxy", proxy))) {
			assertEquals(Optional.of(42L), far.size(NAME));
		}
	}

	@Test
	void putsNoFasterThanAllowed() throws IOException {
		long before = System.nanoTime();
		try (Storage slow = new RestStorageFactory().open(server.location(),
				TestContext.settings("limit.upload", "200000"))) {
			slow.put(NAME, Blobs.source(content));
		}
		assertTrue(System.nanoTime() - before > TimeUnit.MILLISECONDS.toNanos(700));
		assertArrayEquals(content, server.blobs().get(NAME));
	}

	private interface Call<T> {
		T run() throws IOException;
	}

	private static <T> T assertDoesNotFail(Call<T> call) {
		try {
			return call.run();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private interface Act {
		void run() throws IOException;
	}

	private static void assertProblem(ProblemType type, Act act) {
		ProblemException told = assertThrows(ProblemException.class, act::run);
		assertTrue(told.is(type), told.toString());
	}

	private byte[] all(String name, long offset, long length) throws IOException {
		try (InputStream in = storage.get(name, offset, length)) {
			return in.readAllBytes();
		}
	}

	private List<String> list(String kind) throws IOException {
		List<String> found = new ArrayList<>();
		storage.list(kind, (name, size) -> found.add(name));
		return found;
	}
}
