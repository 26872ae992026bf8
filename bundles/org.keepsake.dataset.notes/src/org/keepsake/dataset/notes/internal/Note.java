// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;

/**
 * A note.
 *
 * @param key          its identifier
 * @param title        as the list of notes shows it; empty if it has none
 * @param account      such as iCloud; empty if unknown
 * @param folder       the folders it is in, the outermost first; empty if unknown
 * @param created      null if unknown
 * @param modified     null if unknown
 * @param pinned       whether it is on top of the list
 * @param deleted      whether it is among the recently deleted ones, or about to be deleted
 * @param locked       whether it is locked by a password, and so without text here
 * @param passwordHint which the owner gave; empty if there is none
 * @param incomplete   whether a part of its text could not be read
 * @param body         its text
 * @param embedded     what it holds beside its text, in the order of the text
 */
public record Note(String key, String title, String account, List<String> folder, @Nullable Instant created,
		@Nullable Instant modified, boolean pinned, boolean deleted, boolean locked, String passwordHint,
		boolean incomplete, List<Block> body, List<Embedded> embedded) implements DataRecord {

	private static final int LONGEST = 120;

	/** Copies the lists. */
	public Note {
		folder = List.copyOf(folder);
		body = List.copyOf(body);
		embedded = List.copyOf(embedded);
	}

	@Override
	public @Nullable Instant date() {
		Instant made = created;
		return made == null ? modified : made;
	}

	@Override
	public String headline() {
		String line = oneLine(title);
		if (line.isEmpty()) {
			line = body.stream().map(Block::text).map(Note::oneLine).filter(text -> !text.isEmpty()).findFirst()
					.orElse("Note without a title");
		}
		return (line.length() > LONGEST ? line.substring(0, LONGEST) + '…' : line) + (locked ? " (locked)" : "")
				+ (deleted ? " (recently deleted)" : "");
	}

	static String oneLine(String text) {
		return text.lines().limit(20).map(String::strip).filter(line -> !line.isEmpty())
				.collect(Collectors.joining(" "));
	}

	@Override
	public String searchText() {
		Stream<String> things = embedded.stream().flatMap(one -> Stream.concat(
				Stream.of(one.title(), one.url(), one.recognised()), one.files().stream().map(Attachment::name)));
		return Stream.of(Stream.of(title), body.stream().map(Block::text), things).flatMap(all -> all)
				.filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
	}

	@Override
	public List<Attachment> attachments() {
		return embedded.stream().flatMap(one -> one.files().stream()).toList();
	}
}
