// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.AppleTime;
import org.keepsake.dataset.base.AttributedText;
import org.keepsake.dataset.base.KeyedArchive;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.TypedStream;
import org.keepsake.dataset.messages.Message.Edit;

/**
 * What a message says, and has said. The property list of edits as ReagentX/imessage-exporter
 * ({@code imessage-database/src/message_types/edited.rs}) has found it: {@code ec} the texts by part, {@code rp} the parts
 * that were unsent, {@code otr} all parts.
 */
final class Bodies {

	private static final String MENTION = "__kIMMentionConfirmedMention";
	/** Stand in the text for an attachment, and for what an app shows. */
	private static final String PLACES = "[\uFFFC\uFFFD]";
	private static final int MOST_EDITS = 1_000;
	private static final int LONGEST = 1_000_000;

	private Bodies() {
	}

	/** @param mentions addresses of the people mentioned */
	record Body(String text, List<String> mentions) {
		static final Body EMPTY = new Body("", List.of());
	}

	static Body body(Row row) throws SQLException {
		String text = row.textOrEmpty("text");
		byte[] stored = row.bytes("attributedBody");
		if (stored == null || stored.length == 0) {
			return text.isEmpty() ? Body.EMPTY : new Body(clean(text), List.of());
		}
		AttributedText attributed = TypedStream.text(stored);
		Set<String> mentions = new LinkedHashSet<>();
		for (AttributedText.Run run : attributed.runs()) {
			String mention = run.string(MENTION);
			if (mention != null) {
				mentions.add(mention);
			}
		}
		return new Body(clean(text.isEmpty() ? attributed.text() : text), List.copyOf(mentions));
	}

	private static String clean(String text) {
		String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
		return cut.indexOf('\uFFFC') < 0 && cut.indexOf('\uFFFD') < 0 ? cut : cut.replaceAll(PLACES, "").strip();
	}

	/** @param unsent whether every part was unsent */
	record Changes(List<Edit> edits, boolean unsent) {
		static final Changes NONE = new Changes(List.of(), false);
	}

	static Changes changes(byte @Nullable [] summary) {
		if (summary == null || !(KeyedArchive.readOrNull(summary) instanceof Map<?, ?> info)) {
			return Changes.NONE;
		}
		Map<Integer, List<Edit>> edits = new TreeMap<>();
		if (info.get("ec") instanceof Map<?, ?> parts) {
			parts.forEach((part, events) -> {
				if (part.toString().matches("\\d{1,6}") && events instanceof List<?> list) {
					edits.put(Integer.valueOf(part.toString()), edits(Integer.parseInt(part.toString()), list));
				}
			});
		}
		List<Edit> all = new ArrayList<>();
		edits.values().forEach(all::addAll);
		boolean unsent = info.get("rp") instanceof List<?> retracted && !retracted.isEmpty()
				&& (!(info.get("otr") instanceof Map<?, ?> parts) || retracted.size() >= parts.size());
		return new Changes(all, unsent);
	}

	private static List<Edit> edits(int part, List<?> events) {
		List<Edit> edits = new ArrayList<>();
		for (Object event : events) {
			if (event instanceof Map<?, ?> map && map.get("t") instanceof byte[] body && edits.size() < MOST_EDITS) {
				edits.add(new Edit(part, map.get("d") instanceof Number since ? AppleTime.cocoa(since) : null,
						clean(TypedStream.text(body).text())));
			}
		}
		return edits;
	}
}
