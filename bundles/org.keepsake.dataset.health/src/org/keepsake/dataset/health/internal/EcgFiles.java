// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Electrocardiogram;

/**
 * The electrocardiograms of an export as the app Health exports them: what is known of it, an empty line, and a voltage a
 * line. Whose it is the backup tells elsewhere.
 */
final class EcgFiles {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx", Locale.ROOT);
	private static final int DIGITS = 3;

	private final HealthSeries series;
	private final ExportOutput output;
	private final String folder;
	private final Zones zones = new Zones();
	private long files;
	private long missing;

	/** Electrocardiograms for an output. @param folder where they are put, ending in {@code /} */
	EcgFiles(HealthSeries series, ExportOutput output, String folder) {
		this.series = series;
		this.output = output;
		this.folder = folder;
	}

	/** How many files were written. */
	long files() {
		return files;
	}

	/** How many have no voltages that can be read. */
	long missing() {
		return missing;
	}

	/** @return false if it has no voltages that can be read */
	boolean write(HealthSample sample) throws IOException {
		HealthSeries.Voltages voltages = series.voltages(sample.key());
		if (voltages == null) {
			missing++;
			return false;
		}
		Instant start = sample.start();
		ZonedDateTime when = start == null ? null : start.atZone(zones.of(sample.timeZone()));
		String name = when == null ? "ecg" : "ecg_" + NAME.format(when);
		try (ExportOutput.File file = output.create(folder + name + ".csv", start)) {
			Writer out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8));
			Electrocardiogram ecg = sample.ecg();
			line(out, "Name", "");
			line(out, "Date of Birth", "");
			line(out, "Recorded Date", when == null ? "" : DATE.format(when));
			line(out, "Classification", ecg == null ? "" : ecg.classification());
			line(out, "Symptoms", ecg != null && Boolean.TRUE.equals(ecg.symptoms()) ? "Present" : "");
			line(out, "Software Version", sample.sourceVersion());
			line(out, "Device", hardware(sample.device()));
			line(out, "Sample Rate", voltages.hertz() == 0 ? "" : digits(voltages.hertz()) + " hertz");
			out.write("\n");
			line(out, "Lead", "Lead I");
			line(out, "Unit", "µV");
			out.write("\n");
			FloatBuffer microvolts = voltages.microvolts();
			while (microvolts.hasRemaining()) {
				float voltage = microvolts.get();
				out.write(Float.isFinite(voltage) ? fixed(voltage) + '\n' : "0\n");
			}
			out.flush();
			file.commit();
		}
		files++;
		return true;
	}

	/** The type of the device, such as {@code Watch6,1}, of what is known of it. */
	private static String hardware(String device) {
		int from = device.indexOf("hardware:");
		if (from < 0) {
			return device;
		}
		int to = device.indexOf(", ", from);
		return device.substring(from + "hardware:".length(), to < 0 ? device.length() : to);
	}

	private static void line(Writer out, String name, String value) throws IOException {
		String text = OneLine.of(value);
		boolean plain = text.indexOf(',') < 0 && text.indexOf('"') < 0;
		out.write(name + ',' + (plain ? text : '"' + text.replace("\"", "\"\"") + '"') + '\n');
	}

	private static String digits(double value) {
		return new BigDecimal(fixed(value)).stripTrailingZeros().toPlainString();
	}

	private static String fixed(double value) {
		return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
	}
}
