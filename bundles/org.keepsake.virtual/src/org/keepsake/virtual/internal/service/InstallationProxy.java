// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.InstalledApplication;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * {@code com.apple.mobile.installation_proxy}: tells of the applications a person installed. {@code Browse} answers in
 * several messages, {@code Lookup} in one. As in {@code libimobiledevice/libimobiledevice: src/installation_proxy.c}.
 */
public final class InstallationProxy implements ServiceHandler {

	private static final int AT_ONCE = 2;

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		while (true) {
			Map<String, Object> command = PlistFrames.read(connection.input());
			if (command == null) {
				return;
			}
			switch (PlistFrames.text(command, "Command")) {
				case "Browse" -> browse(phone, connection, PlistFrames.dictionary(command, "ClientOptions"));
				case "Lookup" -> lookup(phone, connection, PlistFrames.dictionary(command, "ClientOptions"));
				default -> PlistFrames.writeXml(connection.output(), Map.of("Error", "UnknownCommand",
						"ErrorDescription", "The command is not known"));
			}
		}
	}

	private static List<String> names(@Nullable Object value) {
		return value instanceof Object[] list ? Arrays.stream(list).map(String::valueOf).toList() : List.of();
	}

	private static List<Map<String, Object>> chosen(Phone phone, Map<String, Object> options) {
		String type = PlistFrames.text(options, "ApplicationType");
		List<String> ids = names(options.get("BundleIDs"));
		List<String> wanted = names(options.get("ReturnAttributes"));
		List<Map<String, Object>> chosen = new ArrayList<>();
		if (!type.isEmpty() && !type.equals("User") && !type.equals("Any")) {
			return chosen;
		}
		for (InstalledApplication application : phone.applications().all()) {
			if (ids.isEmpty() || ids.contains(application.bundleId())) {
				Map<String, Object> attributes = application.attributes(phone.udid());
				if (wanted.isEmpty()) {
					attributes.keySet().removeAll(List.of("ApplicationSINF", "iTunesMetadata"));
				} else {
					attributes.keySet().retainAll(wanted);
				}
				chosen.add(attributes);
			}
		}
		return chosen;
	}

	private static void browse(Phone phone, ServiceConnection connection, Map<String, Object> options)
			throws IOException {
		List<Map<String, Object>> all = chosen(phone, options);
		for (int from = 0; from < all.size(); from += AT_ONCE) {
			List<Map<String, Object>> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
			Map<String, Object> message = new LinkedHashMap<>();
			message.put("CurrentAmount", some.size());
			message.put("CurrentIndex", from);
			message.put("CurrentList", some);
			message.put("Status", "BrowsingApplications");
			message.put("Total", all.size());
			PlistFrames.writeXml(connection.output(), message);
		}
		PlistFrames.writeXml(connection.output(), Map.of("Status", "Complete"));
	}

	private static void lookup(Phone phone, ServiceConnection connection, Map<String, Object> options)
			throws IOException {
		Map<String, Object> result = new LinkedHashMap<>();
		Map<String, Object> withId = new LinkedHashMap<>(options);
		List<String> wanted = new ArrayList<>(names(options.get("ReturnAttributes")));
		boolean idWanted = wanted.isEmpty() || wanted.contains("CFBundleIdentifier");
		if (!idWanted) {
			wanted.add("CFBundleIdentifier");
			withId.put("ReturnAttributes", wanted.toArray());
		}
		for (Map<String, Object> attributes : chosen(phone, withId)) {
			String id = PlistFrames.text(attributes, "CFBundleIdentifier");
			if (!idWanted) {
				attributes.remove("CFBundleIdentifier");
			}
			result.put(id, attributes);
		}
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("LookupResult", result);
		message.put("Status", "Complete");
		PlistFrames.writeXml(connection.output(), message);
	}
}
