// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.pdf;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
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
import org.openpdf.text.Document;
import org.openpdf.text.DocumentException;
import org.openpdf.text.ExceptionConverter;
import org.openpdf.text.Font;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.BaseFont;

/**
 * Fonts for every script: each character is set in the first font that has it. The first is one that the library brings,
 * for Latin, Greek and Cyrillic letters; then come those of this computer, which are opened when a character asks for
 * them. All are embedded, as far as they are used. For one thread, and for any number of documents.
 *
 * <p>
 * A character that no font has is set as a question mark and counted, so that the document can say so; nothing is left
 * out but what joins or varies other characters. Letters stand in the order of the text: for text from right to left see
 * {@link PdfFile#cell}.
 */
public final class PdfFonts {

	/** Of those of a computer, in the order of preference: for letters, then for what these lack. Without spaces. */
	private static final List<String> NAMES = List.of("dejavusans.ttf", "notosans-regular.ttf",
			"liberationsans-regular.ttf", "segoeui.ttf", "arial.ttf", "arialunicode.ttf", "helvetica.ttc",
			"freesans.ttf", "notosanscjk-regular.ttc", "notosansjp-regular.ttf", "notosanssc-regular.ttf",
			"droidsansfallbackfull.ttf", "droidsansfallback.ttf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "msyh.ttc",
			"msgothic.ttc", "malgun.ttf", "yugothm.ttc", "pingfang.ttc", "hiraginosansgb.ttc", "applesdgothicneo.ttc",
			"nanumgothic.ttf", "notosansarabic-regular.ttf", "notosanshebrew-regular.ttf",
			"notosansdevanagari-regular.ttf", "notosansthai-regular.ttf", "nirmala.ttf", "leelawui.ttf",
			"notosanssymbols2-regular.ttf", "notosanssymbols-regular.ttf", "seguisym.ttf", "applesymbols.ttf",
			"notoemoji-regular.ttf", "seguiemj.ttf", "symbola.ttf", "symbola_hint.ttf", "unifont.ttf");
	/** In the library. */
	private static final String FIRST = "font-fallback/LiberationSans-Regular.ttf";
	private static final float LEADING = 1.3f;
	private static final int DEEPEST = 6;
	private static final int MOST_FILES = 20_000;
	private static final long LARGEST = 64L << 20;
	private static final int INSTEAD = '?';
	private static final int NONE = -1;

	private final List<Path> unopened;
	private final List<BaseFont> open = new ArrayList<>();
	private final Map<Integer, Integer> fontOf = new HashMap<>();
	private long replaced;

	/** Characters that follow each other in one font. */
	private record Run(int font, String text, int replaced) {
	}

	/**
	 * With the fonts that lie in the folders and below.
	 *
	 * @param folders those that do not exist or cannot be read have none
	 */
	public PdfFonts(List<Path> folders) {
		unopened = find(folders);
		open.add(first());
	}

	/** With the fonts of this computer and this user. */
	public static PdfFonts ofThisComputer() {
		return new PdfFonts(folders());
	}

	/** Where systems keep their fonts. */
	private static List<Path> folders() {
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

	/**
	 * The text in the fonts that have its characters.
	 *
	 * @param text  may hold what a stranger chose
	 * @param size  in points
	 * @param style of {@link Font}, such as {@link Font#BOLD}
	 */
	public Phrase phrase(String text, float size, int style, Color color) {
		Phrase phrase = new Phrase();
		phrase.setLeading(size * LEADING);
		for (Run run : runs(text)) {
			phrase.add(new Chunk(run.text(), new Font(open.get(run.font()), size, style, color)));
			replaced += run.replaced();
		}
		return phrase;
	}

	/** How wide the text is on one line. @return points */
	public float width(String text, float size) {
		float width = 0;
		for (Run run : runs(text)) {
			width += open.get(run.font()).getWidthPoint(run.text(), size);
		}
		return width;
	}

	/** How many characters were set as a question mark so far. */
	public long replaced() {
		return replaced;
	}

	private List<Run> runs(String text) {
		List<Run> runs = new ArrayList<>();
		StringBuilder run = new StringBuilder();
		int current = 0;
		int missing = 0;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			int c = text.codePointAt(i);
			int shown = shown(c);
			if (shown == NONE) {
				continue;
			}
			int font = shown == ' ' || shown == '\n' ? current : font(shown);
			if (font != current && !run.isEmpty()) {
				runs.add(new Run(current, run.toString(), missing));
				run.setLength(0);
				missing = 0;
			}
			current = font;
			run.appendCodePoint(shown);
			if (shown == INSTEAD && c != INSTEAD) {
				missing++;
			}
		}
		if (!run.isEmpty()) {
			runs.add(new Run(current, run.toString(), missing));
		}
		return runs;
	}

	/** The character that stands for this one, which some font has; none where nothing is missed. */
	private int shown(int c) {
		if (c == '\n' || c == ' ') {
			return c;
		}
		if (c == '\t') {
			return ' ';
		}
		if (isInvisible(c)) {
			return NONE;
		}
		if (font(c) != NONE) {
			return c;
		}
		return Character.isSpaceChar(c) ? ' ' : INSTEAD;
	}

	/** What joins and varies other characters is not missed. */
	private static boolean isInvisible(int c) {
		return c == 0xFFFC || c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0000 && c <= 0xE0FFF || c >= 0x1F3FB && c <= 0x1F3FF
				|| Character.getType(c) == Character.FORMAT || Character.isISOControl(c);
	}

	/** The number of the first font that has the character. */
	private int font(int c) {
		return fontOf.computeIfAbsent(c, this::search);
	}

	private int search(int c) {
		for (int i = 0;; i++) {
			BaseFont font = i < open.size() ? open.get(i) : next();
			if (font == null) {
				return NONE;
			}
			if (font.charExists(c)) {
				return i;
			}
		}
	}

	/** Opens one more font; null if there is none left. */
	private @Nullable BaseFont next() {
		while (!unopened.isEmpty()) {
			Path path = unopened.removeFirst();
			try {
				if (Files.size(path) <= LARGEST) {
					String file = path.toString();
					BaseFont font = open(file.toLowerCase(Locale.ROOT).endsWith(".ttc") ? file + ",0" : file, null);
					open.add(font);
					return font;
				}
			} catch (DocumentException | IOException | ExceptionConverter | IndexOutOfBoundsException
					| NullPointerException | IllegalArgumentException e) {
				// A font that the library does not understand: another one may do.
				continue;
			}
		}
		return null;
	}

	private static BaseFont open(String name, byte @Nullable [] content) throws IOException {
		BaseFont font = BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, content, null);
		font.setSubset(true);
		return font;
	}

	/** The library's own; without it that of every reader has to do. */
	private static BaseFont first() {
		try (InputStream in = Document.class.getClassLoader().getResourceAsStream(FIRST)) {
			return in == null ? BaseFont.createFont(BaseFont.HELVETICA, BaseFont.WINANSI, BaseFont.NOT_EMBEDDED)
					: open(FIRST, in.readAllBytes());
		} catch (DocumentException | IOException e) {
			throw new IllegalStateException("The library has a font", e);
		}
	}
}
