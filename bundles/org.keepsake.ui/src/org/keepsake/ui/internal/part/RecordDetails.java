// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Entry;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.RecordsModel;
import org.keepsake.ui.internal.inside.ValueText;

/** A record in full: what was said around it, all its values, its files, and a picture if it has one. */
final class RecordDetails {

	private static final int INDENT = 150;
	private static final int MOST_CHARACTERS = 200_000;

	private final UISynchronize ui;
	private final SashForm area;
	private final StyledText text;
	private final PictureBox picture;
	private int asked;

	RecordDetails(Composite parent, InsideModel model, UISynchronize ui) {
		this.ui = ui;
		area = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
		Composite frame = new Composite(area, SWT.NONE);
		frame.setLayout(new FillLayout());
		text = new StyledText(frame, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.V_SCROLL | SWT.BORDER);
		text.setTabStops(new int[] { INDENT });
		text.setWrapIndent(INDENT);
		text.setMargins(10, 8, 10, 8);
		text.setLineSpacing(3);
		text.addListener(SWT.Traverse, event -> {
			if (event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
				event.doit = true;
			}
		});
		Looks.name(text, Messages.inside_details);
		picture = new PictureBox(area, model, ui);
		area.setWeights(65, 35);
		clear();
	}

	/** Shows nothing. */
	void clear() {
		asked++;
		set(new Page().line(Messages.inside_details_none));
		showPicture(List.of());
	}

	/** Shows the record at the position, as soon as it is fetched. */
	void show(RecordsModel records, int position) {
		int mine = ++asked;
		records.details(position, details -> ui.asyncExec(() -> {
			if (mine == asked && !text.isDisposed()) {
				set(page(details, records.zone()));
				List<Picture> pictures = Picture.of(details.entry());
				showPicture(pictures);
			}
		}));
	}

	private void showPicture(List<Picture> pictures) {
		area.setMaximizedControl(pictures.isEmpty() ? text.getParent() : null);
		picture.show(pictures);
	}

	private void set(Page page) {
		text.setText(page.text.toString());
		text.setStyleRanges(page.styles.toArray(StyleRange[]::new));
		text.setTopPixel(0);
	}

	private Page page(RecordsModel.Details details, ZoneId zone) {
		Page page = new Page();
		Entry entry = details.entry();
		page.title(ValueText.oneLine(entry.headline()));
		if (entry.date() != null) {
			page.line(Human.date(entry.date(), zone));
		}
		page.line("");
		if (details.conversation().size() > 1) {
			page.heading(Messages.inside_conversation);
			for (Entry said : details.conversation()) {
				speech(page, said, said.key().equals(entry.key()), zone);
			}
			page.line("");
			page.heading(Messages.inside_all_values);
		}
		values(page, "", entry.values(), zone);
		if (!entry.attachments().isEmpty()) {
			page.line("");
			page.heading(Messages.inside_files);
			for (Attachment file : entry.attachments()) {
				page.pair(ValueText.oneLine(file.name()), file.present()
						? ValueText.oneLine(file.domain() + '/' + file.path())
						: Messages.inside_file_missing);
			}
		}
		return page;
	}

	private static void speech(Page page, Entry said, boolean chosen, ZoneId zone) {
		Object name = said.values().get("sender");
		boolean own = Boolean.TRUE.equals(said.values().get("fromMe"));
		String who = own ? Messages.inside_me : name == null ? "" : ValueText.oneLine(name.toString());
		Object words = said.values().get("text");
		String spoken = words == null || words.toString().isBlank() ? ValueText.oneLine(said.headline())
				: ValueText.lines(words.toString());
		String when = said.date() == null ? "" : Human.date(said.date(), zone);
		page.speech((who.isEmpty() ? when : who + "  ·  " + when).strip(), spoken, chosen);
	}

	private static void values(Page page, String above, Map<String, @Nullable Object> values, ZoneId zone) {
		values.forEach((name, value) -> {
			String label = above.isEmpty() ? name : above + ' ' + name;
			if (name.equals("key") && !above.isEmpty() || page.isFull()) {
				return;
			}
			if (value instanceof Map<?, ?> map) {
				Map<String, @Nullable Object> inner = new java.util.LinkedHashMap<>();
				map.forEach((part, one) -> inner.put(String.valueOf(part), one));
				values(page, label, inner, zone);
			} else if (value instanceof List<?> list) {
				List<String> lines = list.stream().map(one -> ValueText.line(name, one, zone))
						.filter(line -> !line.isEmpty()).toList();
				page.pair(ValueText.name(label), String.join("\n", lines));
			} else if (value != null) {
				page.pair(ValueText.name(label), ValueText.single(name, value, zone));
			}
		});
	}

	/** Text that grows, with its styles. */
	private static final class Page {

		private final StringBuilder text = new StringBuilder();
		private final List<StyleRange> styles = new ArrayList<>();

		boolean isFull() {
			return text.length() > MOST_CHARACTERS;
		}

		private void bold(int start) {
			StyleRange range = new StyleRange();
			range.start = start;
			range.length = text.length() - start;
			range.fontStyle = SWT.BOLD;
			if (range.length > 0) {
				styles.add(range);
			}
		}

		Page line(String line) {
			text.append(line).append('\n');
			return this;
		}

		void title(String line) {
			heading(line);
		}

		void heading(String line) {
			int start = text.length();
			text.append(line);
			bold(start);
			text.append('\n');
		}

		void pair(String name, String value) {
			if (value.isEmpty()) {
				return;
			}
			int room = MOST_CHARACTERS * 2 - text.length();
			String kept = value.length() > room ? value.substring(0, Math.max(0, room)) + '…' : value;
			int start = text.length();
			text.append(name);
			bold(start);
			text.append('\t').append(kept.replace("\n", "\n\t")).append('\n');
		}

		void speech(String who, String words, boolean chosen) {
			int start = text.length();
			text.append(chosen ? "▶ " : "").append(who).append('\n');
			if (chosen) {
				bold(start);
			} else {
				StyleRange range = new StyleRange();
				range.start = start;
				range.length = who.length();
				range.fontStyle = SWT.ITALIC;
				styles.add(range);
			}
			start = text.length();
			text.append("    ").append(words.replace("\n", "\n    "));
			if (chosen) {
				bold(start);
			}
			text.append('\n');
		}
	}
}
