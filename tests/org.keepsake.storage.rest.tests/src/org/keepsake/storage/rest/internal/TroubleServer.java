// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server for blobs, in memory, on the loopback, that misbehaves as told: each fault is used up by the request of its
 * method that it befalls.
 */
final class TroubleServer implements AutoCloseable {

	final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
	final List<String> asked = new ArrayList<>();
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
		return "rest:http://127.0.0.1:" + server.getAddress().getPort() + "/";
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
		asked.add(method + " " + exchange.getRequestURI().getPath().substring(1));
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
		String name = exchange.getRequestURI().getPath().substring(1);
		byte[] blob = blobs.get(name);
		switch (exchange.getRequestMethod()) {
			case "POST" -> {
				byte[] content = exchange.getRequestBody().readAllBytes();
				if (!name.isEmpty()) {
					blobs.put(name, content);
				}
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				blobs.remove(name);
				exchange.sendResponseHeaders(200, -1);
			}
			case "HEAD" -> {
				if (blob != null) {
					exchange.getResponseHeaders().set("Content-Length", String.valueOf(blob.length));
				}
				exchange.sendResponseHeaders(blob == null ? 404 : 200, -1);
			}
			default -> get(exchange, name);
		}
	}

	private void get(HttpExchange exchange, String name) throws IOException {
		byte[] blob = blobs.get(name);
		if (name.endsWith("/")) {
			List<String> entries = new ArrayList<>();
			blobs.forEach((each, content) -> {
				if (each.startsWith(name)) {
					entries.add("{\"name\":\"" + each.substring(name.length()) + "\",\"size\":" + content.length + "}");
				}
			});
			answer(exchange, 200, entries.toString());
		} else if (blob == null) {
			exchange.sendResponseHeaders(404, -1);
		} else {
			part(exchange, blob);
		}
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
				byte[] blob = blobs.get(exchange.getRequestURI().getPath().substring(1));
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

	/** Takes what is put, wholly or the first bytes of it, and closes the connection without an answer. */
	Fault takeWithoutAnswer(int most) {
		return exchange -> {
			byte[] content = exchange.getRequestBody().readAllBytes();
			blobs.put(exchange.getRequestURI().getPath().substring(1),
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
