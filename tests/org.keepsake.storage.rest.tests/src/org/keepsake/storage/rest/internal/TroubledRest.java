// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.testing.TroubleServer;

import com.sun.net.httpserver.HttpExchange;

/** Speaks restic's protocol where it does not misbehave. */
final class TroubledRest extends TroubleServer {

	TroubledRest() throws IOException {
		super("");
	}

	String location() {
		return "rest:" + url() + "/";
	}

	@Override
	protected void usual(HttpExchange exchange, String name) throws IOException {
		byte[] blob = blobs().get(name);
		switch (exchange.getRequestMethod()) {
			case "POST" -> {
				byte[] content = exchange.getRequestBody().readAllBytes();
				if (!name.isEmpty()) {
					blobs().put(name, content);
				}
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				blobs().remove(name);
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
		byte[] blob = blobs().get(name);
		if (name.endsWith("/")) {
			List<String> entries = new ArrayList<>();
			blobs().forEach((each, content) -> {
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
}
