// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;

/** Text that is read, copied and scrolled, with headings and pairs of name and value. */
final class TextPage {

	private static final int INDENT = 150;
	private static final int MOST_CHARACTERS = 200_000;

	private final StringBuilder text = new StringBuilder();
	private final List<StyleRange> styles = new ArrayList<>();

	/** A widget for pages. @param name for people who cannot see it */
	static StyledText widget(Composite parent, String name) {
		StyledText made = new StyledText(parent, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
		made.setTabStops(new int[] { INDENT });
		made.setWrapIndent(INDENT);
		made.setMargins(10, 8, 10, 8);
		made.setLineSpacing(3);
		made.setAlwaysShowScrollBars(false);
		made.addListener(SWT.Traverse, event -> {
			if (event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
				event.doit = true;
			}
		});
		Looks.name(made, name);
		return made;
	}

	/** Shows it from its beginning; the same text stays where it is scrolled to. */
	void show(StyledText widget) {
		String shown = text.toString();
		if (!shown.equals(widget.getText())) {
			widget.setText(shown);
			widget.setStyleRanges(styles.toArray(StyleRange[]::new));
			int[] indented = { 0 };
			shown.lines().forEach(line -> {
				if (line.indexOf('\t') < 0 && indented[0] < widget.getLineCount()) {
					widget.setLineWrapIndent(indented[0], 1, line.startsWith("    ") ? INDENT / 9 : 0);
				}
				indented[0]++;
			});
			widget.setTopPixel(0);
		}
	}

	boolean isFull() {
		return text.length() > MOST_CHARACTERS;
	}

	private void style(int start, int fontStyle) {
		StyleRange range = new StyleRange();
		range.start = start;
		range.length = text.length() - start;
		range.fontStyle = fontStyle;
		if (range.length > 0) {
			styles.add(range);
		}
	}

	TextPage line(String line) {
		text.append(line).append('\n');
		return this;
	}

	TextPage heading(String line) {
		int start = text.length();
		text.append(line);
		style(start, SWT.BOLD);
		text.append('\n');
		return this;
	}

	/** Nothing if there is no value. */
	TextPage pair(String name, String value) {
		if (value.isEmpty()) {
			return this;
		}
		int room = Math.max(0, MOST_CHARACTERS * 2 - text.length());
		String kept = value.length() > room ? value.substring(0, room) + '…' : value;
		int start = text.length();
		text.append(name);
		style(start, SWT.BOLD);
		text.append('\t').append(kept.replace("\n", "\n\t")).append('\n');
		return this;
	}

	/** What somebody said. @param chosen whether it is what the page is about */
	TextPage speech(String who, String words, boolean chosen) {
		int start = text.length();
		text.append(chosen ? "▶ " : "").append(who);
		style(start, chosen ? SWT.BOLD : SWT.ITALIC);
		text.append('\n');
		start = text.length();
		text.append("    ").append(words.replace("\n", "\n    "));
		if (chosen) {
			style(start, SWT.BOLD);
		}
		text.append('\n');
		return this;
	}
}
