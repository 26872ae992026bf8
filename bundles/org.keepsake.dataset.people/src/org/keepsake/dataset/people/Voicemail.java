// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.people.internal.Texts;

/**
 * A message that a caller left.
 *
 * @param key         unique
 * @param date        when it was left; null if it is not known
 * @param name        who left it, by the address book; the number if not known
 * @param address     the caller's number; empty if it was withheld
 * @param receiver    the owner's number it was left at; empty if not recorded
 * @param duration    its length
 * @param heard       whether the owner listened to it
 * @param deleted     whether the owner deleted it
 * @param trashed     when it was deleted; null if it was not, or if that is not recorded
 * @param transcript  what the device understood; empty if it has not tried
 * @param attachments its sound
 */
public record Voicemail(String key, @Nullable Instant date, String name, String address, String receiver,
		Duration duration, boolean heard, boolean deleted, @Nullable Instant trashed, String transcript,
		List<Attachment> attachments) implements DataRecord {

	/** Copies the list. */
	public Voicemail {
		attachments = List.copyOf(attachments);
	}

	@Override
	public String headline() {
		String who = name.isBlank() ? Texts.text("call.withheld") : name;
		String line = Texts.text("voicemail.headline", who, duration.toMinutes(),
				"%02d".formatted(duration.toSecondsPart()));
		return (transcript.isBlank() ? line : line + ": " + transcript).replaceAll("\\s+", " ").strip();
	}

	@Override
	public String searchText() {
		return name + '\n' + address + '\n' + transcript;
	}
}
