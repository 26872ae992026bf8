// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets.Entry;
import org.keepsake.ui.internal.Messages;

/**
 * A place in the list.
 *
 * @param entry   as it is configured
 * @param room    how much room it has; null while that is unknown
 * @param problem why its room cannot be told; null if it can, or nobody has asked
 */
public record PlaceItem(Entry entry, @Nullable Capacity room, @Nullable Problem problem) {

	/** What it is called. */
	public String name() {
		return entry.name();
	}

	/** Where it is, safe to show. */
	public String location() {
		return Human.printable(entry.location());
	}

	/** Whether backups go there if nothing else is chosen. */
	public boolean isDefault() {
		return entry.isDefault();
	}

	/** Of which kind it is. */
	public PlaceKind kind() {
		return PlaceKind.of(entry.location());
	}

	/** Name and location in one line. */
	public String title() {
		return Human.printable(name()) + "  ·  " + location();
	}

	/** Its room, in words. */
	public String roomText() {
		Capacity known = room;
		Problem trouble = problem;
		if (known != null) {
			Long total = known.totalBytes();
			String free = Human.bytes(known.freeBytes());
			if (total == null) {
				return Messages.place_room_free.formatted(free);
			}
			String of = entry.settings().containsKey("quota") ? Messages.place_room_quota : Messages.place_room_of;
			return of.formatted(free, Human.bytes(total));
		}
		if (trouble == null) {
			return Messages.place_room_unknown;
		}
		return StorageProblems.SECRET_NEEDED.matches(trouble) ? Messages.place_room_locked : Messages.place_room_untold;
	}
}
