// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;

/**
 * The proxy by which a server is reached: the setting {@code proxy} ({@code http://HOST:PORT}, or {@code none}), else
 * the variables {@code HTTPS_PROXY} and {@code HTTP_PROXY}, but for hosts that {@code NO_PROXY} names ({@code *}, a
 * host, or a domain with all its hosts). This computer itself is never reached by a proxy of the environment.
 */
final class ProxySettings extends ProxySelector {

	private static final String EXAMPLE = "http://proxy.example:3128";
	private static final int USUAL_PORT = 3128;

	private final Map<String, InetSocketAddress> byScheme = new TreeMap<>();
	private final List<String> direct;
	private final boolean always;

	ProxySettings(StorageSettings settings) throws ProblemException {
		String own = settings.text("proxy").orElse("");
		always = !own.isEmpty();
		direct = always ? List.of()
				: List.of(settings.variable("NO_PROXY").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+"));
		for (String scheme : List.of("http", "https")) {
			String variable = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
			String address = always ? own : settings.variable(variable).orElse("");
			if (!address.isEmpty() && !address.equalsIgnoreCase("none")) {
				byScheme.put(scheme, address(address, always ? "proxy" : variable));
			}
		}
	}

	private static InetSocketAddress address(String text, String name) throws ProblemException {
		try {
			URI uri = new URI(text.contains("://") ? text : "http://" + text);
			String host = uri.getHost();
			// Who the user is would be asked of the proxy's own program; nothing secret is read from here.
			if (host != null && "http".equalsIgnoreCase(uri.getScheme()) && uri.getRawUserInfo() == null) {
				return InetSocketAddress.createUnresolved(host, uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
			}
		} catch (URISyntaxException | IllegalArgumentException e) {
			// Not as a cause: the text may hold a password.
			throw StorageSettings.SETTING.exception(name, EXAMPLE);
		}
		throw StorageSettings.SETTING.exception(name, EXAMPLE);
	}

	@Override
	@NonNullByDefault({}) // the inherited list says nothing of its elements
	public List<Proxy> select(URI uri) {
		InetSocketAddress proxy = byScheme.get(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
		String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
		if (proxy == null || !always && isDirect(host)) {
			return List.of(Proxy.NO_PROXY);
		}
		return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHostString(), proxy.getPort())));
	}

	private boolean isDirect(String host) {
		if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
			return true;
		}
		for (String each : direct) {
			String name = each.startsWith("*.") ? each.substring(1) : each;
			String domain = name.startsWith(".") ? name : "." + name;
			if (each.equals("*") || !name.isEmpty() && ("." + host).endsWith(domain)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void connectFailed(@Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException e) {
		// Told by the failed call.
	}
}
