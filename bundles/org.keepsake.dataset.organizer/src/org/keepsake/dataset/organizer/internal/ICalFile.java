// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.base.OneLine;

import com.github.mangstadt.vinnie.io.VObjectPropertyValues;

import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.ICalComponent;
import biweekly.io.text.ICalWriter;

/**
 * A file of iCalendar that is written one component after the other: the library writes whole calendars only, so that each
 * component goes through one of its own, of which the frame is left out.
 */
final class ICalFile implements AutoCloseable {

	private static final String END = "END:VCALENDAR\r\n";

	private final ExportOutput.File file;
	private final Set<String> zones = new HashSet<>();

	ICalFile(ExportOutput output, String path, @Nullable String name, String color) throws IOException {
		file = output.create(path, null);
		try {
			ICalendar calendar = new ICalendar();
			calendar.setProductId("-//Keepsake//Keepsake//EN");
			calendar.addExperimentalProperty("CALSCALE", "GREGORIAN");
			if (name != null) {
				calendar.addExperimentalProperty("X-WR-CALNAME", VObjectPropertyValues.escape(OneLine.of(name, "–")));
			}
			if (color.matches("#[0-9A-Fa-f]{6,8}")) {
				calendar.addExperimentalProperty("X-APPLE-CALENDAR-COLOR", color);
			}
			String frame = text(calendar);
			write(frame.substring(0, frame.length() - END.length()));
		} catch (IOException | RuntimeException e) {
			file.close();
			throw e;
		}
	}

	/** Adds a component, and before it the definition of its zone, if it has one and none was added yet. */
	void add(ICalComponent component, @Nullable ZoneId zone) throws IOException {
		if (zone != null && zones.add(zone.getId())) {
			write(framed(ICalZone.of(zone)));
		}
		write(framed(component));
	}

	private static String framed(ICalComponent component) throws IOException {
		ICalendar calendar = new ICalendar();
		calendar.addComponent(component);
		String text = text(calendar);
		return text.substring(text.indexOf("\r\nBEGIN:") + 2, text.length() - END.length());
	}

	private static String text(ICalendar calendar) throws IOException {
		StringWriter text = new StringWriter();
		try (ICalWriter writer = new ICalWriter(text, ICalVersion.V2_0)) {
			writer.setCaretEncodingEnabled(true);
			writer.write(calendar);
		}
		return text.toString();
	}

	private void write(String text) throws IOException {
		file.content().write(text.getBytes(StandardCharsets.UTF_8));
	}

	void commit() throws IOException {
		write(END);
		file.commit();
	}

	/** What it is written to. */
	ExportOutput.File file() {
		return file;
	}

	@Override
	public void close() throws IOException {
		file.close();
	}
}
