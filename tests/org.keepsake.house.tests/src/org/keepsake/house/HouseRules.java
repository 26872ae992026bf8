// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All rules about bundles, for one folder of them. */
final class HouseRules {

	private HouseRules() {
	}

	/** What is wrong, one sentence each; empty when the house is in order. */
	static List<String> violations(Path bundles) throws IOException {
		List<Room> rooms = Room.in(bundles);
		List<String> found = new ArrayList<>(Arrows.violations(rooms));
		for (Room room : rooms) {
			found.addAll(Manifests.violations(room));
			found.addAll(Extensions.violations(room));
			found.addAll(Imports.violations(room, room));
		}
		return found;
	}
}
