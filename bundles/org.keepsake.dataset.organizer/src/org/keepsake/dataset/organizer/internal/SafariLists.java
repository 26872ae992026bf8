// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.dataset.organizer.SafariPage.Kind;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * Property lists in which Safari kept pages up to iOS 7: the history, {@code History.plist} with one entry for a page and
 * its last visit, and the open tabs, {@code SuspendState.plist}.
 *
 * @param tabs whether it is that of the tabs
 */
record SafariLists(BackupContent content, ContentFile file, boolean tabs) implements SafariFile {

	static final String HISTORY = "History.plist";
	static final String TABS = "SuspendState.plist";

	@Override
	public void survey(SafariTally tally, JobMonitor monitor) throws IOException {
		for (SafariPage page : pages()) {
			tally.count(page.kind(), 1);
			tally.date(page.date());
		}
	}

	@Override
	public boolean read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		for (SafariPage page : pages()) {
			monitor.throwIfCancelled();
			if (!visitor.visit(page)) {
				return false;
			}
		}
		return true;
	}

	private List<SafariPage> pages() throws IOException {
		String key = tabs ? "SafariStateDocuments" : "WebHistoryDates";
		List<SafariPage> pages = new ArrayList<>();
		Set<String> keys = new HashSet<>();
		if (SafariFile.list(content, file, key).get(key) instanceof List<?> entries) {
			for (Object entry : entries) {
				SafariPage page = entry instanceof PropertyList list ? tabs ? tab(list, pages.size()) : visit(list)
						: null;
				if (page != null && keys.add(page.key())) {
					pages.add(page);
				}
			}
		}
		return pages;
	}

	private static @Nullable SafariPage visit(PropertyList list) {
		String url = list.string("");
		if (url.isEmpty()) {
			return null;
		}
		Object visits = list.get("visitCount");
		return new SafariPage("visit-" + url, Kind.VISIT, list.string("title"), url, text(list.get("lastVisitedDate")),
				List.of(), "", false, "", visits instanceof Long number ? Math.max(0, number) : 0, false, "");
	}

	private static SafariPage tab(PropertyList list, int number) {
		String id = list.string("SafariStateDocumentUUID");
		return new SafariPage("tab-" + (id.isEmpty() ? String.valueOf(number) : id), Kind.TAB,
				list.string("SafariStateDocumentTitle"), list.string("SafariStateDocumentURL"),
				SafariFile.time(list, "SafariStateDocumentLastViewedTime"), List.of(), "",
				Boolean.TRUE.equals(list.bool("SafariStateDocumentIsPrivate")), "", 0, false, "");
	}

	/** Seconds since 2001, written as a text. */
	private static @Nullable Instant text(@Nullable Object value) {
		if (value instanceof String text) {
			try {
				return SafariFile.time(Double.valueOf(text.strip()));
			} catch (NumberFormatException e) {
				return null;
			}
		}
		return value instanceof Number number ? SafariFile.time(number) : value instanceof Instant date ? date : null;
	}
}
