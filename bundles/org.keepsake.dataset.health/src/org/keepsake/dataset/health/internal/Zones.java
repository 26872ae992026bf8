// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Time zones by the names that a backup has for them; UTC for a name that is none. For one thread. */
final class Zones {

	private static final int MOST = 1000;

	private final Map<String, ZoneId> zones = new HashMap<>();

	ZoneId of(String name) {
		ZoneId known = zones.get(name);
		if (known == null) {
			try {
				known = name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
			} catch (DateTimeException e) {
				known = ZoneOffset.UTC;
			}
			if (zones.size() < MOST) {
				zones.put(name, known);
			}
		}
		return known;
	}
}
