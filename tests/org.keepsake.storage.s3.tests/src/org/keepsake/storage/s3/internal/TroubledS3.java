// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.keepsake.testing.TroubleServer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/** As much of an object store as a storage needs, where it does not misbehave. It looks at no signature. */
final class TroubledS3 extends TroubleServer {

	/** Of the puts that were answered as usual. */
	final List<Headers> headers = Collections.synchronizedList(new ArrayList<>());

	TroubledS3() throws IOException {
		super("/bucket");
	}

	String location() {
		return "s3:" + url();
	}

	@Override
	protected void usual(HttpExchange exchange, String name) throws IOException {
		byte[] blob = blobs().get(name);
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				byte[] content = exchange.getRequestBody().readAllBytes();
				boolean taken = blob != null && exchange.getRequestHeaders().getFirst("If-None-Match") != null;
				headers.add(exchange.getRequestHeaders());
				if (taken) {
					answer(exchange, 412, error("PreconditionFailed", "At least one of the pre-conditions failed"));
					return;
				}
				blobs().put(name, content);
				exchange.getResponseHeaders().set("ETag", "\"1\"");
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				blobs().remove(name);
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
		List<String> keys = blobs().keySet().stream().filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
				.sorted().toList();
		StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>");
		for (String key : keys.subList(0, Math.min(2, keys.size()))) {
			text.append("<Contents><Key>").append(key).append("</Key><Size>").append(blobs().get(key).length)
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

	/** Refuses as S3 does. */
	static Fault refusal(int status, String code) {
		return status(status, error(code, "It is refused"));
	}
}
