// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;

/**
 * A column of the list of records.
 *
 * @param title for a person
 * @param path  to the value in the entry; empty for the date and the headline
 * @param kind  what it shows
 */
public record Column(String title, List<String> path, Kind kind) {

	/** What a column shows. */
	public enum Kind {
		/** When it was. */
		DATE,
		/** The record in one line. */
		HEADLINE,
		/** A number, written to the right. */
		NUMBER,
		/** Any other value. */
		TEXT
	}

	private static final int DEEPEST = 3;
	private static final Set<String> NAMES_FOR_MACHINES = Set.of("key", "uid", "uuid", "guid");

	/** All columns of a record type: date, headline, and each component, those of nested records one by one. */
	public static List<Column> of(Class<? extends DataRecord> type) {
		List<Column> columns = new ArrayList<>();
		columns.add(new Column(Messages.inside_column_date, List.of(), Kind.DATE));
		columns.add(new Column(Messages.inside_column_headline, List.of(), Kind.HEADLINE));
		add(type, List.of(), 0, columns);
		return List.copyOf(columns);
	}

	private static void add(@Nullable Class<?> type, List<String> above, int depth, List<Column> columns) {
		RecordComponent[] components = type == null ? null : type.getRecordComponents();
		if (components == null) {
			return;
		}
		for (RecordComponent component : components) {
			Class<?> of = component.getType();
			String name = component.getName();
			List<String> path = new ArrayList<>(above);
			path.add(name);
			if (of.isRecord() && depth < DEEPEST) {
				add(of, path, depth + 1, columns);
			} else if (of != byte[].class && !NAMES_FOR_MACHINES.contains(name)
					&& !(depth == 0 && name.equals("date"))) {
				boolean number = of == long.class || of == int.class || of == double.class
						|| Number.class.isAssignableFrom(of);
				columns.add(new Column(ValueText.name(String.join(" ", path)), List.copyOf(path),
						number ? Kind.NUMBER : Kind.TEXT));
			}
		}
	}

	/** What it shows of an entry, in one line. */
	public String text(Entry entry, ZoneId zone) {
		return switch (kind) {
			case DATE -> entry.date() == null ? "" : Human.date(entry.date(), zone);
			case HEADLINE -> ValueText.oneLine(entry.headline());
			case NUMBER, TEXT -> ValueText.line(path.getLast(), entry.value(path), zone);
		};
	}

	/** Whether the entry has something to show in it that tells anything. */
	boolean tells(Entry entry) {
		Object value = path.isEmpty() ? entry.headline() : entry.value(path);
		return switch (kind) {
			case DATE -> entry.date() != null;
			case HEADLINE -> true;
			case NUMBER -> value instanceof Number number && number.doubleValue() != 0;
			case TEXT -> value instanceof Boolean truth ? truth.booleanValue()
					: !ValueText.line(path.getLast(), value, ZoneId.of("UTC")).isEmpty();
		};
	}
}
