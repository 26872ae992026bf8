// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.openpdf.text.Chunk;
import org.openpdf.text.DocumentException;
import org.openpdf.text.ExceptionConverter;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;

/**
 * The fonts of this computer, one for what the others lack: each character is set in the first that has it. A font is
 * opened when a character asks for it. Where there are none, Helvetica has to do.
 */
final class PdfFonts {

	/** In the order of preference: for letters, then for what these lack. Without dots, spaces and in lower case. */
	private static final List<String> NAMES = List.of("dejavusans.ttf", "notosans-regular.ttf",
			"liberationsans-regular.ttf",
			"segoeui.ttf", "arial.ttf", "arialunicode.ttf", "helvetica.ttc", "freesans.ttf", "notosanscjk-regular.ttc",
			"notosansjp-regular.ttf", "notosanssc-regular.ttf", "droidsansfallbackfull.ttf", "droidsansfallback.ttf",
			"wqy-microhei.ttc", "wqy-zenhei.ttc", "msyh.ttc", "msgothic.ttc", "malgun.ttf", "yugothm.ttc",
			"pingfang.ttc",
			"hiraginosansgb.ttc", "applesdgothicneo.ttc", "notosansarabic-regular.ttf", "notosanshebrew-regular.ttf",
			"notosansdevanagari-regular.ttf", "notosansthai-regular.ttf", "nirmala.ttf", "leelawui.ttf",
			"notosanssymbols2-regular.ttf", "notosanssymbols-regular.ttf", "seguisym.ttf", "applesymbols.ttf",
			"notoemoji-regular.ttf", "symbola.ttf", "unifont.ttf");
	private static final int DEEPEST = 6;
	private static final int MOST_FILES = 20_000;
	private static final long LARGEST = 64L << 20;
	private static final char INSTEAD = '?';

	private final List<Path> unopened;
	private final List<BaseFont> open = new ArrayList<>();
	private final Map<Integer, Integer> fontOf = new HashMap<>();
	private long replaced;

	/** With the fonts in the folders. */
	PdfFonts(List<Path> folders) {
		unopened = find(folders);
	}

	/** Where systems keep their fonts. */
	static List<Path> folders() {
		List<Path> folders = new ArrayList<>();
		String home = System.getProperty("user.home", "");
		for (String folder : new String[] { "/usr/share/fonts", "/usr/local/share/fonts", home + "/.fonts",
				home + "/.local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", home + "/Library/Fonts" }) {
			folders.add(Path.of(folder));
		}
		String windows = System.getenv("WINDIR");
		if (windows != null) {
			folders.add(Path.of(windows, "Fonts"));
		}
		return folders;
	}

	private static List<Path> find(List<Path> folders) {
		Map<String, Path> found = new HashMap<>();
		for (Path folder : folders) {
			if (!Files.isDirectory(folder)) {
				continue;
			}
			try (Stream<Path> walk = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
				walk.limit(MOST_FILES).forEach(file -> found
						.putIfAbsent(file.getFileName().toString().toLowerCase(Locale.ROOT).replace(" ", ""), file));
			} catch (IOException | UncheckedIOException e) {
				// What cannot be listed has no fonts for us.
				continue;
			}
		}
		List<Path> fonts = new ArrayList<>();
		for (String name : NAMES) {
			Path font = found.get(name);
			if (font != null) {
				fonts.add(font);
			}
		}
		return fonts;
	}

	/** The text in the fonts that have its characters. */
	Phrase phrase(String text, float size, int style, Color color) {
		Phrase phrase = new Phrase();
		phrase.setLeading(size * 1.3f);
		StringBuilder run = new StringBuilder();
		int current = -1;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int c = text.codePointAt(i);
			int font = c == '\n' || c == ' ' ? Math.max(current, 0) : font(c);
			if (font != current && !run.isEmpty()) {
				phrase.add(chunk(run, current, size, style, color));
			}
			current = font < 0 ? 0 : font;
			if (font >= 0) {
				run.appendCodePoint(c == '\t' ? ' ' : c);
			} else if (!isInvisible(c)) {
				run.append(INSTEAD);
				replaced++;
			}
		}
		if (!run.isEmpty()) {
			phrase.add(chunk(run, Math.max(current, 0), size, style, color));
		}
		return phrase;
	}

	private Chunk chunk(StringBuilder run, int font, float size, int style, Color color) {
		Chunk chunk = new Chunk(run.toString(), new Font(base(font), size, style, color));
		run.setLength(0);
		return chunk;
	}

	/** What joins and varies other characters is not missed. */
	private static boolean isInvisible(int c) {
		return c == 0xFFFC || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0000 && c <= 0xE0FFF || c >= 0x1F3FB && c <= 0x1F3FF
				|| Character.getType(c) == Character.FORMAT || Character.isISOControl(c);
	}

	/** The number of the first font that has the character; -1 if none has. */
	private int font(int c) {
		if (c < ' ') {
			return c == '\n' || c == '\t' ? 0 : -1;
		}
		return fontOf.computeIfAbsent(c, this::search);
	}

	private int search(int c) {
		for (int i = 0;; i++) {
			BaseFont font = i < open.size() ? open.get(i) : next();
			if (font == null) {
				return -1;
			}
			if (font.charExists(c)) {
				return i;
			}
		}
	}

	private BaseFont base(int number) {
		if (open.isEmpty()) {
			next();
		}
		return open.get(number);
	}

	/** Opens one more font; null if there is none left. Helvetica comes first where the computer has no font of ours. */
	private @Nullable BaseFont next() {
		while (!unopened.isEmpty()) {
			Path path = unopened.removeFirst();
			try {
				if (Files.size(path) <= LARGEST) {
					String file = path.toString();
					BaseFont font = BaseFont.createFont(
							file.toLowerCase(Locale.ROOT).endsWith(".ttc") ? file + ",0" : file,
							BaseFont.IDENTITY_H, BaseFont.EMBEDDED);
					font.setSubset(true);
					open.add(font);
					return font;
				}
			} catch (DocumentException | IOException | ExceptionConverter | IndexOutOfBoundsException
					| NullPointerException | IllegalArgumentException e) {
				// A font that the library does not understand: another one may do.
				continue;
			}
		}
		if (!open.isEmpty()) {
			return null;
		}
		try {
			BaseFont plain = BaseFont.createFont(BaseFont.HELVETICA, BaseFont.WINANSI, BaseFont.NOT_EMBEDDED);
			open.add(plain);
			return plain;
		} catch (DocumentException | IOException e) {
			throw new IllegalStateException("every PDF reader has Helvetica", e);
		}
	}

	/** How many characters no font has. */
	long replaced() {
		return replaced;
	}
}
