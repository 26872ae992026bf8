// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * A reminder.
 *
 * @param key         its identifier
 * @param title       what is to be done
 * @param notes       further text
 * @param list        the name of its list
 * @param account     the name of the list's account; empty if unknown
 * @param parent      the key of the reminder it is a part of; empty if it stands alone
 * @param due         when it is due; of a whole day its beginning in the time zone, or in UTC if it has none
 * @param dueAllDay   whether a day and no time is meant
 * @param timeZone    such as {@code Europe/Berlin}; empty if it has none
 * @param completed   whether it is done
 * @param completedAt when it was done
 * @param flagged     whether it is marked
 * @param priority    how important it is
 * @param url         an address
 * @param tags        its tags, without the number sign
 * @param rules       how it repeats; empty if it does not
 * @param alarms      when it is told
 * @param messaging   the numbers and addresses of whom it is told when a message is written to them, as the phone knew them
 *                    when that was set; empty if it is not told then
 * @param deleted     whether it is deleted, and only not yet gone
 * @param created     when it was made
 * @param modified    when it was changed
 * @param attachments its files
 */
public record Reminder(String key, String title, String notes, String list, String account, String parent,
		@Nullable Instant due, boolean dueAllDay, String timeZone, boolean completed, @Nullable Instant completedAt,
		boolean flagged, Priority priority, String url, List<String> tags, List<RepeatRule> rules, List<Alarm> alarms,
		List<String> messaging, boolean deleted, @Nullable Instant created, @Nullable Instant modified,
		List<Attachment> attachments)
		implements
			DataRecord {

	/** Copies the lists. */
	public Reminder {
		tags = List.copyOf(tags);
		rules = List.copyOf(rules);
		alarms = List.copyOf(alarms);
		messaging = List.copyOf(messaging);
		attachments = List.copyOf(attachments);
	}

	/** When it was made: what every reminder has, due or not. */
	@Override
	public @Nullable Instant date() {
		return created;
	}

	@Override
	public String headline() {
		return OneLine.of(title, notes, url, key, "–");
	}

	@Override
	public String searchText() {
		return String.join("\n", title, notes, list, url, String.join(" ", tags), String.join(" ", messaging));
	}

	/** How important a reminder is. */
	public enum Priority {
		/** Nothing is said. */
		NONE,
		/** Low. */
		LOW,
		/** Medium. */
		MEDIUM,
		/** High. */
		HIGH
	}
}
