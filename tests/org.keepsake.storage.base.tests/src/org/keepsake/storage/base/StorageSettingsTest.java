// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;

class StorageSettingsTest {

	@Test
	void readsWhatIsSet() throws ProblemException {
		StorageSettings settings = settings(Map.of("limit.upload", "2M", "signing", "no", "port", "22", "empty", " "));
		assertEquals(2 << 20, settings.upload().bytesPerSecond());
		assertEquals(0, settings.download().bytesPerSecond());
		assertFalse(settings.flag("signing", true));
		assertTrue(settings.flag("other", true));
		assertEquals(22, settings.number("port", 1, 1, 65_535));
		assertEquals(7, settings.number("other", 7, 1, 65_535));
		assertEquals(Optional.empty(), settings.text("empty"));
		assertEquals(Optional.of("proxy:1"), settings.variable("HTTPS_PROXY"));
	}

	@Test
	void namesTheSettingThatIsWrong() {
		StorageSettings settings = settings(
				Map.of("limit.upload", "much", "signing", "maybe", "port", "70000", "retry.seconds", "x"));
		for (ProblemException told : new ProblemException[] { assertThrows(ProblemException.class, settings::upload),
				assertThrows(ProblemException.class, () -> settings.flag("signing", true)),
				assertThrows(ProblemException.class, () -> settings.number("port", 1, 1, 65_535)),
				assertThrows(ProblemException.class, settings::retries) }) {
			assertTrue(told.is(StorageSettings.SETTING));
		}
	}

	@Test
	void readsAPinAsToolsWriteIt() throws Exception {
		// 43 digits and a sign; the first is a slash, as one in 64 is.
		String base64 = "/".repeat(2) + "A".repeat(41) + "=";
		String hex = "fff" + "0".repeat(61);
		for (String pin : new String[] { hex, "sha256:" + hex, "SHA256:" + "ff:f0:" + "00:".repeat(29) + "00", base64,
				"sha256/" + base64, "sha256//" + base64 }) {
			assertEquals(Set.of(hex), TrustSettings.of(settings(Map.of("pin", pin))).pins(), pin);
		}
		for (String pin : new String[] { "sha256/" + base64.substring(4), "///" + base64, hex + "0", "sha1:" + hex }) {
			assertThrows(ProblemException.class, () -> TrustSettings.of(settings(Map.of("pin", pin))), pin);
		}
	}

	private static StorageSettings settings(Map<String, String> settings) {
		return new StorageSettings(new StorageFactory.Context() {
			@Override
			public Map<String, String> environment() {
				return Map.of("https_proxy", "proxy:1");
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
