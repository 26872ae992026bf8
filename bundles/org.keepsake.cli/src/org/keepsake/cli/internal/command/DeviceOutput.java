// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;

/** How a device is told, in text and in JSON. */
final class DeviceOutput {

	private DeviceOutput() {
	}

	/** The fields of {@code devices}, which {@code info} begins with. */
	static JsonObject json(DeviceDetails device, @Nullable Instant lastBackup) {
		return new JsonObject().put("udid", device.udid().value()).put("name", orNull(device.name()))
				.put("productType", orNull(device.productType())).put("model", orNull(device.model()))
				.put("iosVersion", device.iosVersion())
				.put("connection", device.connection().name().toLowerCase(Locale.ROOT))
				.put("paired", Boolean.valueOf(device.paired())).put("locked", device.locked())
				.put("encryption", device.encryption()).put("capacityBytes", device.capacityBytes())
				.put("freeBytes", device.freeBytes()).put("batteryPercent", device.batteryPercent())
				.put("lastBackup", lastBackup);
	}

	/** The same fields of a device that says nothing. */
	static JsonObject silentJson(Udid udid, @Nullable Instant lastBackup) {
		JsonObject object = new JsonObject().put("udid", udid.value());
		for (String field : List.of("name", "productType", "model", "iosVersion", "connection", "paired", "locked",
				"encryption", "capacityBytes", "freeBytes", "batteryPercent")) {
			object.put(field, null);
		}
		return object.put("lastBackup", lastBackup);
	}

	/** The device's name, or what else it is known by, for a sentence. */
	static String label(DeviceDetails device) {
		return device.name().isBlank() ? device.udid().value() : Human.printable(device.name());
	}

	/** The device's name for a sentence; its identifier where it does not answer. */
	static String label(Cli cli, Udid udid) throws IOException {
		try {
			return label(cli.engine().devices().describe(udid));
		} catch (ProblemException e) {
			return udid.value();
		}
	}

	/** The text, or null where there is none. */
	static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}
}
