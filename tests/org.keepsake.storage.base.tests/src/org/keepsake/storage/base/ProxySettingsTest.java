// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;

class ProxySettingsTest {

	private static final Map<String, String> ENVIRONMENT = Map.of("HTTPS_PROXY", "http://127.0.0.1:3129", "http_proxy",
			"127.0.0.1:3130", "NO_PROXY", "internal.example, .office.example,*.lab.example");

	@ParameterizedTest
	@CsvSource({ "https://far.example/,3129", "http://far.example/,3130", "https://internal.example/,0",
			"https://nas.internal.example/,0", "https://a.office.example/,0", "https://b.lab.example/,0",
			"https://notinternal.example/,3129", "http://localhost:80/,0", "http://127.0.0.5/,0", "http://[::1]/,0" })
	void goesByTheEnvironmentsProxyUnlessTold(URI uri, int port) throws ProblemException {
		assertEquals(port, port(new ProxySettings(settings(ENVIRONMENT, Map.of())), uri));
	}

	@Test
	void goesByTheTargetsOwnAlways() throws ProblemException {
		ProxySettings own = new ProxySettings(settings(ENVIRONMENT, Map.of("proxy", "http://127.0.0.1:3131")));
		assertEquals(3131, port(own, URI.create("https://internal.example/")));
		assertEquals(3131, port(own, URI.create("http://localhost/")));
		ProxySettings none = new ProxySettings(settings(ENVIRONMENT, Map.of("proxy", "none")));
		assertEquals(0, port(none, URI.create("https://far.example/")));
	}

	@ParameterizedTest
	@CsvSource({ "socks5://127.0.0.1", "https://127.0.0.1", "http://me:hunter2@127.0.0.1", "http://me:hunter2@ho st" })
	void refusesWhatItCannotUseAndShowsNoPassword(String text) {
		ProblemException told = assertThrows(ProblemException.class,
				() -> new ProxySettings(settings(Map.of(), Map.of("proxy", text))));
		assertTrue(told.is(StorageSettings.SETTING));
		StringWriter all = new StringWriter();
		told.printStackTrace(new PrintWriter(all));
		assertFalse((all + told.problem().remedy()).contains("hunter2"));
	}

	private static int port(ProxySettings proxy, URI uri) {
		Proxy chosen = proxy.select(uri).getFirst();
		return chosen.address() instanceof InetSocketAddress address ? address.getPort() : 0;
	}

	private static StorageSettings settings(Map<String, String> environment, Map<String, String> settings) {
		return new StorageSettings(new StorageFactory.Context() {
			@Override
			public Map<String, String> environment() {
				return environment;
			}

			@Override
			public Map<String, String> settings() {
				return settings;
			}

			@Override
			public Optional<Secret> secret(String purpose) {
				return Optional.empty();
			}
		});
	}
}
