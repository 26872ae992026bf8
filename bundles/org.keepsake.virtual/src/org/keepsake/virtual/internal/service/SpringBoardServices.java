// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.util.Map;

import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * {@code com.apple.springboardservices}: icons. As in {@code libimobiledevice/libimobiledevice: src/sbservices.c}.
 */
public final class SpringBoardServices implements ServiceHandler {

	private static final int PORTRAIT = 1;

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		while (true) {
			Map<String, Object> command = PlistFrames.read(connection.input());
			if (command == null) {
				return;
			}
			switch (PlistFrames.text(command, "command")) {
				case "getIconPNGData" -> PlistFrames.writeBinary(connection.output(), icon(phone,
						PlistFrames.text(command, "bundleId")));
				case "getInterfaceOrientation" -> PlistFrames.writeBinary(connection.output(),
						Map.of("interfaceOrientation", PORTRAIT));
				default -> PlistFrames.writeBinary(connection.output(), Map.of("error", "unknown command"));
			}
		}
	}

	private static Map<String, Object> icon(Phone phone, String bundleId) {
		boolean known = bundleId.startsWith("com.apple.") || phone.applications().all().stream()
				.anyMatch(application -> application.bundleId().equals(bundleId));
		return known ? Map.of("pngData", IconImage.png(bundleId)) : Map.of("error", "no such application");
	}
}
