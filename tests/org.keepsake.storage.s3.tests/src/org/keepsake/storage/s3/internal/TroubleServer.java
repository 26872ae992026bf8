// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * As much of an object store as a storage needs, in memory, on the loopback, that misbehaves as told: each fault is used
 * up by the request of its method that it befalls. It looks at no signature.
 */
final class TroubleServer implements AutoCloseable {

	final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
	final List<String> asked = new ArrayList<>();
	/** Of the puts that were answered as usual. */
	final List<Headers> headers = Collections.synchronizedList(new ArrayList<>());
	/** Ends those who wait for nothing. */
	private final CountDownLatch end = new CountDownLatch(1);
	private final Map<String, List<Fault>> faults = new HashMap<>();
	private final HttpServer server;

	/** What goes wrong. */
	@FunctionalInterface
	interface Fault {
		/** @return whether the request is dealt with by that; else it is answered as usual */
		boolean befall(HttpExchange exchange) throws IOException;
	}

	TroubleServer() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		server.createContext("/", this::handle);
		server.start();
	}

	String location() {
		return "s3:http://127.0.0.1:" + server.getAddress().getPort() + "/bucket";
	}

	/** The next requests of the method, one fault each. */
	synchronized void next(String method, Fault... next) {
		faults.computeIfAbsent(method, each -> new ArrayList<>()).addAll(List.of(next));
	}

	synchronized long asked(String what) {
		return asked.stream().filter(what::equals).count();
	}

	private synchronized Fault fault(HttpExchange exchange) {
		String method = exchange.getRequestMethod();
		asked.add(method + " " + exchange.getRequestURI().getPath().replaceFirst("^/bucket/?", ""));
		List<Fault> waiting = faults.getOrDefault(method, List.of());
		return waiting.isEmpty() ? each -> false : waiting.removeFirst();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (!fault(exchange).befall(exchange)) {
				usual(exchange);
			}
		}
	}

	private void usual(HttpExchange exchange) throws IOException {
		String name = exchange.getRequestURI().getPath().replaceFirst("^/bucket/?", "");
		byte[] blob = blobs.get(name);
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				byte[] content = exchange.getRequestBody().readAllBytes();
				boolean taken = blob != null && exchange.getRequestHeaders().getFirst("If-None-Match") != null;
				headers.add(exchange.getRequestHeaders());
				if (taken) {
					answer(exchange, 412, error("PreconditionFailed", "At least one of the pre-conditions failed"));
					return;
				}
				blobs.put(name, content);
				exchange.getResponseHeaders().set("ETag", "\"1\"");
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				blobs.remove(name);
				exchange.sendResponseHeaders(204, -1);
			}
			case "HEAD" -> {
				if (blob != null) {
					exchange.getResponseHeaders().set("Content-Length", String.valueOf(blob.length));
				}
				exchange.sendResponseHeaders(blob == null && !name.isEmpty() ? 404 : 200, -1);
			}
			default -> get(exchange, name, blob);
		}
	}

	private void get(HttpExchange exchange, String name, byte[] blob) throws IOException {
		if (name.isEmpty()) {
			answer(exchange, 200, list(String.valueOf(exchange.getRequestURI().getQuery())));
		} else if (blob == null) {
			answer(exchange, 404, error("NoSuchKey", "The specified key does not exist."));
		} else {
			part(exchange, blob);
		}
	}

	/** Two keys a page. */
	private String list(String query) {
		String prefix = value(query, "prefix");
		String after = value(query, "continuation-token");
		List<String> keys = blobs.keySet().stream().filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
				.sorted().toList();
		StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>");
		for (String key : keys.subList(0, Math.min(2, keys.size()))) {
			text.append("<Contents><Key>").append(key).append("</Key><Size>").append(blobs.get(key).length)
					.append("</Size></Contents>");
		}
		text.append("<IsTruncated>").append(keys.size() > 2).append("</IsTruncated>");
		if (keys.size() > 2) {
			text.append("<NextContinuationToken>").append(keys.get(1)).append("</NextContinuationToken>");
		}
		return text.append("</ListBucketResult>").toString();
	}

	private static String value(String query, String name) {
		for (String each : query.split("&")) {
			if (each.startsWith(name + "=")) {
				return each.substring(name.length() + 1);
			}
		}
		return "";
	}

	/** What S3 says of a refusal. */
	static String error(String code, String message) {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>" + message
				+ "</Message><RequestId>1</RequestId></Error>";
	}

	private static void part(HttpExchange exchange, byte[] blob) throws IOException {
		String range = exchange.getRequestHeaders().getFirst("Range");
		if (range == null) {
			exchange.sendResponseHeaders(200, blob.length == 0 ? -1 : blob.length);
			exchange.getResponseBody().write(blob);
			return;
		}
		String[] bounds = range.substring("bytes=".length()).split("-");
		int from = Integer.parseInt(bounds[0]);
		int to = bounds.length < 2 ? blob.length : Math.min(blob.length, Integer.parseInt(bounds[1]) + 1);
		exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + blob.length);
		exchange.sendResponseHeaders(206, to - from);
		exchange.getResponseBody().write(blob, from, to - from);
	}

	static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	/** Takes the request and says a status. */
	static Fault status(int status, String text) {
		return exchange -> {
			exchange.getRequestBody().readAllBytes();
			answer(exchange, status, text);
			return true;
		};
	}

	/** Closes the connection in the middle of what is asked for or sent. */
	Fault cut() {
		return exchange -> {
			if (exchange.getRequestMethod().equals("GET")) {
				byte[] blob = blobs.get(exchange.getRequestURI().getPath().replaceFirst("^/bucket/?", ""));
				if (blob != null) {
					exchange.sendResponseHeaders(200, blob.length);
					exchange.getResponseBody().write(blob, 0, blob.length / 2);
					exchange.getResponseBody().flush();
				}
			} else {
				exchange.getRequestBody().readNBytes(100);
			}
			return true;
		};
	}

	/** Refuses as S3 does. */
	static Fault refusal(int status, String code) {
		return status(status, error(code, "It is refused"));
	}

	/** Takes what is put, wholly or the first bytes of it, and closes the connection without an answer. */
	Fault takeWithoutAnswer(int most) {
		return exchange -> {
			byte[] content = exchange.getRequestBody().readAllBytes();
			blobs.put(exchange.getRequestURI().getPath().replaceFirst("^/bucket/?", ""),
					Arrays.copyOf(content, Math.min(most, content.length)));
			return true;
		};
	}

	/** Says nothing until the server is closed. */
	Fault silence() {
		return exchange -> {
			try {
				end.await(60, TimeUnit.SECONDS);
			} catch (InterruptedException e) {
				throw new IOException(e);
			}
			return true;
		};
	}

	@Override
	public void close() {
		end.countDown();
		server.stop(0);
	}
}
