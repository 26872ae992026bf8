// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * A page that Safari knows: that was visited, kept, or is open.
 *
 * @param key            unique among what Safari knows
 * @param kind           how it knows it
 * @param title          what the page is called; empty if unknown
 * @param url            its address
 * @param date           when it was visited, put on the reading list, or last looked at; null if unknown
 * @param folder         the folders, or the group of tabs, it lies in, from the outermost
 * @param profile        the name of the profile; empty for the first
 * @param privateTab     whether it is a tab of private browsing
 * @param device         the device on which it is open; empty for this one
 * @param visits         how often the page was visited in all; 0 if unknown
 * @param onOtherDevice  whether it was visited on another device
 * @param preview        how the page begins, of the reading list; empty if unknown
 */
public record SafariPage(String key, Kind kind, String title, String url, @Nullable Instant date, List<String> folder,
		String profile, boolean privateTab, String device, long visits, boolean onOtherDevice, String preview)
		implements
			DataRecord {

	/** Copies the list. */
	public SafariPage {
		folder = List.copyOf(folder);
	}

	@Override
	public String headline() {
		return OneLine.of(title, url, key, "–");
	}

	@Override
	public String searchText() {
		return String.join("\n", title, url, String.join(" ", folder), profile, device, preview);
	}

	/** How Safari knows a page. */
	public enum Kind {
		/** It was visited. */
		VISIT,
		/** It is kept among the bookmarks. */
		BOOKMARK,
		/** It is kept among the favourites. */
		FAVORITE,
		/** It is to be read. */
		READING_LIST,
		/** It is open in a tab of this device. */
		TAB,
		/** It is open in a tab of another device, as iCloud tells. */
		ICLOUD_TAB
	}
}
