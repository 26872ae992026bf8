// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.core.IosVersion;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * {@code com.apple.mobile.diagnostics_relay}: answers a few questions, and restarts the device. As in
 * {@code libimobiledevice/libimobiledevice: src/diagnostics_relay.c}; from iOS 17.4 on {@code MobileGestalt} says that
 * it is deprecated, except where the fault {@code gestalt} asks for the old answers.
 */
public final class DiagnosticsRelay implements ServiceHandler {

	private static final Map<String, Object> SUCCESS = Map.of("Status", "Success");

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		while (true) {
			Map<String, Object> request = PlistFrames.read(connection.input());
			if (request == null) {
				return;
			}
			String name = PlistFrames.text(request, "Request");
			PlistFrames.writeXml(connection.output(), answer(phone, name, request));
			if (name.equals("Restart")) {
				phone.restart();
			}
			if (name.equals("Goodbye") || name.equals("Restart")) {
				return;
			}
		}
	}

	private static Map<String, Object> answer(Phone phone, String name, Map<String, Object> request) {
		return switch (name) {
			case "Goodbye", "Restart", "Sleep" -> SUCCESS;
			case "MobileGestalt" -> success(Map.of("MobileGestalt", gestalt(phone, request)));
			case "GasGauge", "All" -> success(Map.of("GasGauge", Map.of("CycleCount", 120, "DesignCapacity", 3200,
					"FullChargeCapacity", 3050, "Status", "Success")));
			default -> Map.of("Status", "UnknownRequest");
		};
	}

	private static Map<String, Object> success(Map<String, Object> diagnostics) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("Diagnostics", diagnostics);
		answer.put("Status", "Success");
		return answer;
	}

	private static Map<String, Object> gestalt(Phone phone, Map<String, Object> request) {
		if (new IosVersion(phone.iosVersion()).isAtLeast(17, 4) && !phone.faults().has("gestalt")) {
			return Map.of("Status", "MobileGestaltDeprecated");
		}
		Map<String, Object> values = new LinkedHashMap<>();
		if (request.get("MobileGestaltKeys") instanceof Object[] keys) {
			for (Object key : keys) {
				Object value = key.equals("PasswordConfigured") ? Boolean.valueOf(phone.hasPasscode())
						: phone.lockdownValue(null, String.valueOf(key));
				if (value != null) {
					values.put(String.valueOf(key), value);
				}
			}
		}
		values.put("Status", "Success");
		return values;
	}
}
