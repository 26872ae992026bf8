// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.RecordValues;

/** For reading: each record's line with its date, and below it what it consists of. Times are of this computer's zone. */
public final class TextExporter extends RecordExporter {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
	private static final String INDENT = "    ";

	/** For the extension registry. */
	public TextExporter() {
		super("text", "Plain text", "txt");
	}

	@Override
	Sheet sheet(ExportRequest request, Writer out) {
		ZoneId zone = ZoneId.systemDefault();
		return new Sheet() {
			@Override
			public void begin() throws IOException {
				out.write(printable(request.dataSet().title()) + "\n\n");
			}

			@Override
			public void add(DataRecord entry) throws IOException {
				Instant date = entry.date();
				out.write((date == null ? "" : time(date, zone) + "  ") + printable(entry.headline()) + '\n');
				for (Map.Entry<String, @Nullable Object> value : RecordValues.of(entry).entrySet()) {
					String text = text(value.getValue(), zone);
					if (!text.isBlank()) {
						out.write(INDENT + words(value.getKey()) + ": " + text.replace("\n", "\n" + INDENT + INDENT)
								+ '\n');
					}
				}
				out.write('\n');
			}

			@Override
			public void end() {
				// Nothing stands after the last record.
			}
		};
	}

	private static String time(Instant instant, ZoneId zone) {
		return TIME.format(instant.atZone(zone));
	}

	private static String text(@Nullable Object value, ZoneId zone) {
		return value instanceof Instant instant ? time(instant, zone) : printable(Cells.inOne(value)).strip();
	}

	/** A component's name as words: {@code firstName} as “first name”. */
	private static String words(String name) {
		return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
	}

	/** Without what would steer a terminal or turn the direction of writing; lines stay. */
	private static String printable(String text) {
		StringBuilder safe = new StringBuilder(text.length());
		text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
			int type = Character.getType(c);
			boolean steers = c != '\n' && c != '\t' && type == Character.CONTROL || type == Character.SURROGATE
					|| c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
			safe.appendCodePoint(steers ? 0xFFFD : c);
		});
		return safe.toString();
	}
}
