// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;

/**
 * A recording of the app Voice Memos.
 *
 * @param key        its UUID, or its file's name
 * @param title      as the app shows it; empty if there is none
 * @param folder     made by a person; empty if it is in none
 * @param date       when it was made; null if unknown
 * @param duration   how long it is; null if unknown
 * @param transcript what the device understood; empty if it has not tried
 * @param deleted    whether it is in the folder of recently deleted ones
 * @param deletedAt  since when; null if it is not
 * @param audio      the recording; null if the device had none
 */
public record VoiceMemo(String key, String title, String folder, @Nullable Instant date, @Nullable Duration duration,
		String transcript, boolean deleted, @Nullable Instant deletedAt,
		@Nullable Attachment audio) implements DataRecord {

	@Override
	public String headline() {
		String line = title.lines().collect(Collectors.joining(" ")).strip();
		Duration length = duration;
		return (line.isEmpty() ? "Recording" : line)
				+ (length == null ? ""
						: " (%d:%02d)".formatted(length.toMinutes(), length.toSecondsPart()))
				+ (deleted ? ", recently deleted" : "");
	}

	@Override
	public String searchText() {
		return title + '\n' + folder + '\n' + transcript;
	}

	@Override
	public List<Attachment> attachments() {
		Attachment recording = audio;
		return recording == null ? List.of() : List.of(recording);
	}
}
