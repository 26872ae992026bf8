// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

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
 * A server for blobs by HTTP, in memory, on the loopback, that misbehaves as told: each fault is used up by the request
 * of its method that it befalls. The subclass answers as its protocol has it where nothing goes wrong.
 */
public abstract class TroubleServer implements AutoCloseable {

	private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
	private final List<String> asked = new ArrayList<>();
	/** Ends those who wait for nothing. */
	private final CountDownLatch end = new CountDownLatch(1);
	private final Map<String, List<Fault>> faults = new HashMap<>();
	private final String root;
	private final HttpServer server;

	/** What goes wrong. */
	@FunctionalInterface
	public interface Fault {
		/** @return whether the request is dealt with by that; else it is answered as usual */
		boolean befall(HttpExchange exchange) throws IOException;
	}

	/** @param root what the paths of all blobs begin with, without a slash at its end */
	protected TroubleServer(String root) throws IOException {
		this.root = root;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		server.createContext("/", this::handle);
		server.start();
	}

	/** Answers a request that nothing befalls. @param name of the blob; empty for the root */
	protected abstract void usual(HttpExchange exchange, String name) throws IOException;

	/** The address of the root, without a slash at its end. */
	public final String url() {
		return "http://127.0.0.1:" + server.getAddress().getPort() + root;
	}

	/** What it has, by name; may be changed at any time. */
	public final Map<String, byte[]> blobs() {
		return blobs;
	}

	/** The next requests of the method, one fault each. */
	public final synchronized void next(String method, Fault... next) {
		faults.computeIfAbsent(method, each -> new ArrayList<>()).addAll(List.of(next));
	}

	/** How often it was asked that. @param what a method, a space and a blob's name */
	public final synchronized long asked(String what) {
		return asked.stream().filter(what::equals).count();
	}

	private synchronized Fault fault(HttpExchange exchange) {
		String method = exchange.getRequestMethod();
		asked.add(method + " " + name(exchange));
		List<Fault> waiting = faults.getOrDefault(method, List.of());
		return waiting.isEmpty() ? each -> false : waiting.removeFirst();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (!fault(exchange).befall(exchange)) {
				usual(exchange, name(exchange));
			}
		}
	}

	private String name(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		String name = path.startsWith(root) ? path.substring(root.length()) : path;
		return name.startsWith("/") ? name.substring(1) : name;
	}

	/** Answers with a blob, or with the part of it that is asked for. */
	protected static void part(HttpExchange exchange, byte[] blob) throws IOException {
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

	/** Answers with a status and a text. */
	public static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	/** Takes the request and says a status. */
	public static Fault status(int status, String text) {
		return exchange -> {
			exchange.getRequestBody().readAllBytes();
			answer(exchange, status, text);
			return true;
		};
	}

	/** Closes the connection in the middle of what is asked for or sent. */
	public final Fault cut() {
		return exchange -> {
			if (exchange.getRequestMethod().equals("GET")) {
				byte[] blob = blobs.get(name(exchange));
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
	public final Fault takeWithoutAnswer(int most) {
		return exchange -> {
			byte[] content = exchange.getRequestBody().readAllBytes();
			blobs.put(name(exchange), Arrays.copyOf(content, Math.min(most, content.length)));
			return true;
		};
	}

	/** Says nothing until the server is closed. */
	public final Fault silence() {
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
	public final void close() {
		end.countDown();
		server.stop(0);
	}
}
