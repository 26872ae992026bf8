// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import javax.imageio.ImageIO;

import org.eclipse.jdt.annotation.Nullable;

/** Small, real JPEG pictures with EXIF data (camera, date, place), as a phone's camera writes them. */
final class Jpeg {

	private static final DateTimeFormatter EXIF_DATE = DateTimeFormatter.ofPattern("yyyy:MM:dd HH:mm:ss")
			.withZone(ZoneOffset.UTC);
	private static final int ASCII = 2;
	private static final int SHORT = 3;
	private static final int LONG = 4;
	private static final int RATIONAL = 5;

	private Jpeg() {
	}

	/** A picture that differs by its number. @param place latitude and longitude in degrees, or null */
	static byte[] picture(int number, int width, int height, Instant taken, double @Nullable [] place)
			throws IOException {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		Color sky = Color.getHSBColor(number * 0.137f % 1, 0.5f, 0.95f);
		Color ground = Color.getHSBColor(number * 0.291f % 1, 0.7f, 0.4f);
		graphics.setPaint(new GradientPaint(0, 0, sky, width, height, ground));
		graphics.fillRect(0, 0, width, height);
		graphics.setColor(Color.getHSBColor(number * 0.618f % 1, 0.8f, 1));
		graphics.fillOval(number * 37 % width, number * 53 % height, width / 5, width / 5);
		graphics.dispose();
		ByteArrayOutputStream plain = new ByteArrayOutputStream();
		if (!ImageIO.write(image, "jpeg", plain)) {
			throw new IOException("This Java has no JPEG writer");
		}
		return withExif(plain.toByteArray(), exif(taken, place));
	}

	private static byte[] withExif(byte[] jpeg, byte[] exif) {
		ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 4);
		out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (exif.length + 2)).put(exif);
		return out.put(jpeg, 2, jpeg.length - 2).array();
	}

	private static byte[] exif(Instant taken, double @Nullable [] place) {
		byte[] date = ascii(EXIF_DATE.format(taken));
		byte[] make = ascii("Apple");
		byte[] model = ascii("iPhone 15 Pro");
		int mainAt = 8;
		int mainLength = 2 + 12 * (place == null ? 5 : 6) + 4;
		int subAt = mainAt + mainLength;
		int gpsAt = subAt + 2 + 12 + 4;
		int dataAt = gpsAt + (place == null ? 0 : 2 + 12 * 4 + 4);
		ByteBuffer tiff = ByteBuffer.allocate(dataAt + 200);
		Data data = new Data(tiff, dataAt);
		tiff.put(new byte[] { 'M', 'M', 0, 42 }).putInt(mainAt);
		tiff.putShort((short) (place == null ? 5 : 6));
		field(tiff, 0x010f, ASCII, make.length, data.put(make));
		field(tiff, 0x0110, ASCII, model.length, data.put(model));
		field(tiff, 0x0112, SHORT, 1, 1 << 16);
		field(tiff, 0x0132, ASCII, date.length, data.put(date));
		field(tiff, 0x8769, LONG, 1, subAt);
		if (place != null) {
			field(tiff, 0x8825, LONG, 1, gpsAt);
		}
		tiff.putInt(0);
		tiff.putShort((short) 1);
		field(tiff, 0x9003, ASCII, date.length, data.put(date));
		tiff.putInt(0);
		if (place != null) {
			tiff.putShort((short) 4);
			field(tiff, 1, ASCII, 2, (place[0] < 0 ? 'S' : 'N') << 24);
			field(tiff, 2, RATIONAL, 3, data.put(degrees(place[0])));
			field(tiff, 3, ASCII, 2, (place[1] < 0 ? 'W' : 'E') << 24);
			field(tiff, 4, RATIONAL, 3, data.put(degrees(place[1])));
			tiff.putInt(0);
		}
		byte[] exif = new byte[6 + data.end];
		System.arraycopy("Exif\0\0".getBytes(StandardCharsets.US_ASCII), 0, exif, 0, 6);
		System.arraycopy(tiff.array(), 0, exif, 6, data.end);
		return exif;
	}

	private static void field(ByteBuffer tiff, int tag, int type, int count, int value) {
		tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
	}

	private static byte[] ascii(String text) {
		return (text + '\0').getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] degrees(double value) {
		double rest = Math.abs(value);
		int whole = (int) rest;
		int minutes = (int) ((rest - whole) * 60);
		int hundredths = (int) (((rest - whole) * 60 - minutes) * 6000);
		return ByteBuffer.allocate(24).putInt(whole).putInt(1).putInt(minutes).putInt(1).putInt(hundredths).putInt(100)
				.array();
	}

	/** Values that do not fit their field, after the directories. */
	private static final class Data {
		private final ByteBuffer tiff;
		private int end;

		Data(ByteBuffer tiff, int start) {
			this.tiff = tiff;
			this.end = start;
		}

		int put(byte[] bytes) {
			int at = end;
			tiff.put(at, bytes);
			end += bytes.length + bytes.length % 2;
			return at;
		}
	}
}
