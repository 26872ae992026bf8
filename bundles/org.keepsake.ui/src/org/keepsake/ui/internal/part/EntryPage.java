// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Entry;
import org.keepsake.ui.internal.inside.ValueText;

/** A record in full, as a page of text. */
final class EntryPage {

	private final TextPage page = new TextPage();
	private final ZoneId zone;

	private EntryPage(ZoneId zone) {
		this.zone = zone;
	}

	/** @param conversation what was said around it; empty if it is of none */
	static TextPage of(Entry entry, List<Entry> conversation, ZoneId zone) {
		EntryPage made = new EntryPage(zone);
		made.add(entry, conversation);
		return made.page;
	}

	private void add(Entry entry, List<Entry> conversation) {
		page.heading(ValueText.oneLine(entry.headline()));
		if (entry.date() != null) {
			page.line(Human.date(entry.date(), zone));
		}
		page.line("");
		if (conversation.size() > 1) {
			page.heading(Messages.inside_conversation);
			conversation.forEach(said -> speech(said, said.key().equals(entry.key())));
			page.line("").heading(Messages.inside_all_values);
		}
		values("", entry.values());
		if (!entry.attachments().isEmpty()) {
			page.line("").heading(Messages.inside_files);
			for (Attachment file : entry.attachments()) {
				page.pair(ValueText.oneLine(file.name()), file.present()
						? ValueText.oneLine(file.domain() + '/' + file.path())
						: Messages.inside_file_missing);
			}
		}
	}

	private void speech(Entry said, boolean chosen) {
		Object name = said.values().get("sender");
		boolean own = Boolean.TRUE.equals(said.values().get("fromMe"));
		String who = own ? Messages.inside_me : name == null ? "" : ValueText.oneLine(name.toString());
		Object words = said.values().get("text");
		String spoken = words == null || words.toString().isBlank() ? ValueText.oneLine(said.headline())
				: ValueText.lines(words.toString());
		String when = said.date() == null ? "" : Human.date(said.date(), zone);
		page.speech((who.isEmpty() ? when : who + "  ·  " + when).strip(), spoken, chosen);
	}

	private void values(String above, Map<String, @Nullable Object> values) {
		values.forEach((name, value) -> {
			String label = above.isEmpty() ? name : above + ' ' + name;
			if (name.equals("key") && !above.isEmpty() || page.isFull()) {
				return;
			}
			switch (value) {
				case null -> {
					// Nothing is recorded.
				}
				case Map<?, ?> map -> {
					Map<String, @Nullable Object> inner = new LinkedHashMap<>();
					map.forEach((part, one) -> inner.put(String.valueOf(part), one));
					values(label, inner);
				}
				case List<?> list -> page.pair(ValueText.name(label), String.join("\n", list.stream()
						.map(one -> ValueText.line(name, one, zone)).filter(line -> !line.isEmpty()).toList()));
				default -> page.pair(ValueText.name(label), ValueText.single(name, value, zone));
			}
		});
	}
}
