// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.util.List;
import java.util.Map;

import org.keepsake.core.IosVersion;

/**
 * A model of iPhone: what the system version decides, since no model runs all of them.
 *
 * @param productType   such as {@code iPhone15,2}
 * @param hardwareModel the board
 * @param modelNumber   the part number without its region
 * @param chipId        which identifies the chip, and begins the identifier of the newer ones
 * @param boardId       the board's number
 * @param architecture  of the processor
 * @param dashed        whether the identifier is made of the chip and its number (A12 and later), not 40 digits
 */
record DeviceModel(String productType, String hardwareModel, String modelNumber, int chipId, int boardId,
		String architecture, boolean dashed) {

	/** The newest system these models are known to run. */
	static final String NEWEST_IOS = "26.1";

	private static final Map<String, String> BUILDS = Map.ofEntries(Map.entry("9.3.5", "13G36"),
			Map.entry("10.3.4", "14G61"), Map.entry("11.4.1", "15G77"), Map.entry("12.5.7", "16H81"),
			Map.entry("13.7", "17H35"), Map.entry("14.8.1", "18H107"), Map.entry("15.8.3", "19H386"),
			Map.entry("16.7.10", "20H350"), Map.entry("17.7.2", "21H221"), Map.entry("18.5", "22F76"),
			Map.entry("26.1", "23B85"));

	private record Since(int major, DeviceModel model) {
	}

	private static final List<Since> MODELS = List.of(
			new Since(16, new DeviceModel("iPhone15,2", "D73AP", "MPXT3", 0x8120, 0x0C, "arm64e", true)),
			new Since(13, new DeviceModel("iPhone12,1", "N104AP", "MWLT2", 0x8030, 0x04, "arm64e", true)),
			new Since(11, new DeviceModel("iPhone10,1", "D20AP", "MQ6K2", 0x8015, 0x02, "arm64", false)),
			new Since(0, new DeviceModel("iPhone8,1", "N71AP", "MKQK2", 0x8000, 0x04, "arm64", false)));

	/** The model that runs the version. */
	static DeviceModel running(IosVersion version) {
		return MODELS.stream().filter(since -> version.major() >= since.major()).findFirst().orElseThrow().model();
	}

	/** The system's build; one in the right form where the version's own is not known. */
	static String build(IosVersion version) {
		String known = BUILDS.get(version.text());
		if (known != null) {
			return known;
		}
		int train = version.major() >= 26 ? version.major() - 3 : version.major() + 4;
		String[] parts = version.text().split("\\D+");
		int minor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) % 26 : 0;
		int patch = parts.length > 2 && !parts[2].isEmpty() ? Integer.parseInt(parts[2]) : 0;
		return train + String.valueOf((char) ('A' + minor)) + (50 + patch);
	}
}
