// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.IosVersion;
import org.keepsake.virtual.VirtualOptions;

class FirstValuesTest {

	private static Map<String, Map<String, Object>> values(long seed, long bytes) {
		VirtualOptions small = VirtualOptions.in(Path.of("unused"));
		return FirstValues.of(new VirtualOptions(small.state(), null, null, null, small.profile(), 1, bytes, seed,
				false, small.trust(), false, true));
	}

	@ParameterizedTest
	@CsvSource({ "7992739871,79927398713", "49015420323751,490154203237518" })
	void checkDigitsFollowLuhn(String digits, String whole) {
		assertEquals(whole, FirstValues.withCheckDigit(digits));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, 42, Long.MAX_VALUE })
	void identityHasTheFormsOfRealOnes(long seed) {
		Map<String, Object> root = values(seed, 0).get("");
		assertTrue(((String) root.get("WiFiAddress")).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
		assertTrue(((String) root.get("InternationalMobileEquipmentIdentity")).matches("[0-9]{15}"));
		assertTrue(((String) root.get("IntegratedCircuitCardIdentity")).matches("[0-9]{19}"));
		assertTrue(((String) root.get("SerialNumber")).matches("[0-9A-Z]{10}"));
		assertEquals("00008120-%016X".formatted(root.get("UniqueChipID")), root.get("UniqueDeviceID"));
		for (String key : new String[] { "UniqueDeviceID", "SerialNumber", "WiFiAddress", "PhoneNumber" }) {
			assertEquals(root.get(key), values(seed, 0).get("").get(key));
			assertNotEquals(root.get(key), values(seed + 1, 0).get("").get(key));
		}
	}

	@Test
	void theStorageHoldsWhatIsAskedFor() {
		long wanted = 500_000_000_000L;
		assertTrue((Long) values(1, wanted).get("com.apple.disk_usage").get("TotalDataCapacity") > wanted);
	}

	@ParameterizedTest
	@CsvSource({ "26.1,23B85", "18.5,22F76", "26.3,23D50", "17.0.2,21A52", "9.3.5,13G36" })
	void buildsHaveTheTrainOfTheirVersion(String version, String build) {
		assertEquals(build, DeviceModel.build(new IosVersion(version)));
	}
}
