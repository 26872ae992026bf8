// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.dataset.organizer.SafariPage.Kind;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * Bookmarks, favourites and the reading list in {@code Bookmarks.db}, and the tabs in {@code SafariTabs.db} (since iOS 15),
 * which has the same table. What parents allow their children to see lies in it too; it is no one's bookmark.
 *
 * @param prefix makes keys unique among several such files
 * @param tabs   whether it is the file of the tabs
 */
record SafariBookmarks(BackupContent content, ContentFile file, String prefix, boolean tabs) implements SafariFile {

	private static final int MOST_PREVIEW = 4000;

	/** Also the dates of the reading list and of tabs are within what has to be decoded, so all are read. */
	@Override
	public void survey(SafariTally tally, JobMonitor monitor) throws IOException {
		read(entry -> {
			SafariPage page = (SafariPage) entry;
			tally.count(page.kind(), 1);
			tally.date(page.date());
			return true;
		}, monitor);
	}

	@Override
	public boolean read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		boolean[] goOn = { true };
		try (Tables tables = Tables.open(content, file)) {
			BookmarkTree tree = new BookmarkTree(tables);
			tables.query("SELECT " + tables.columns("bookmarks", "b", "id", "parent", "title", "url", "external_uuid",
					"extra_attributes", "local_attributes") + " FROM bookmarks b"
					+ " LEFT JOIN (SELECT value AS folder, key AS place FROM json_each(?)) o ON o.folder = b.parent"
					+ " WHERE COALESCE(b.type, 0) = 0 AND b.url IS NOT NULL AND b.url != ''"
					+ (tables.has("bookmarks", "deleted") ? " AND COALESCE(b.deleted, 0) = 0" : "")
					+ " ORDER BY o.place IS NULL, o.place, "
					+ (tables.has("bookmarks", "order_index") ? "b.order_index, " : "") + "b.id", List.of(tree.order()),
					row -> {
						monitor.throwIfCancelled();
						SafariPage page = page(row, tree.folder(row.integer("parent")));
						goOn[0] = page == null || visitor.visit(page);
						return goOn[0];
					});
		}
		return goOn[0];
	}

	private @Nullable SafariPage page(Row row, BookmarkTree.Folder folder) throws SQLException, IOException {
		Kind kind = folder.kind();
		if (kind == null) {
			return null;
		}
		String uuid = row.textOrEmpty("external_uuid");
		String key = prefix + (uuid.isEmpty() ? String.valueOf(row.integer("id")) : uuid);
		String title = row.textOrEmpty("title");
		String url = row.textOrEmpty("url");
		PropertyList extra = SafariFile.attributes(row, "extra_attributes");
		if (tabs) {
			Instant viewed = SafariFile.time(SafariFile.attributes(row, "local_attributes"), "LastVisitTime");
			return new SafariPage("tab-" + key, Kind.TAB, title, url,
					viewed == null ? SafariFile.time(extra, "DateLastViewed") : viewed, folder.path(), folder.profile(),
					folder.hidden(), "", 0, false, "");
		}
		PropertyList reading = extra.dict("com.apple.ReadingList");
		String preview = reading.string("PreviewText");
		if (preview.isEmpty()) {
			preview = extra.dict("com.apple.ReadingListNonSync").string("PreviewText");
		}
		return new SafariPage("bookmark-" + key, kind, title, url, SafariFile.time(reading, "DateAdded"),
				folder.path(), "", false, "", 0, false,
				preview.length() > MOST_PREVIEW ? preview.substring(0, MOST_PREVIEW) : preview);
	}
}
