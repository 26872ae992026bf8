// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.dataset.organizer.SafariPage.Kind;

/**
 * Open tabs: of this device in {@code BrowserState.db} (since iOS 8), of others in {@code CloudTabs.db}. Schema:
 * {@code abrignoni/iLEAPP} {@code scripts/artifacts/safariTabs.py}.
 *
 * @param prefix makes keys unique among several such files
 * @param known  tabs that another file has already, by their identifiers
 */
record SafariTabs(BackupContent content, ContentFile file, String prefix, Set<String> known) implements SafariFile {

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
			boolean cloud = tables.has("cloud_tabs");
			if (!cloud && !tables.has("tabs")) {
				throw DataProblems.UNREADABLE.exception(file.domain() + '/' + file.path(),
						Texts.text("safari.no-tabs"));
			}
			tables.query(cloud ? cloud(tables) : local(tables), List.of(), row -> {
				monitor.throwIfCancelled();
				if (!known.contains(row.textOrEmpty("uuid"))) {
					goOn[0] = visitor.visit(page(row, cloud));
				}
				return goOn[0];
			});
		}
		return goOn[0];
	}

	private static String local(Tables tables) throws IOException {
		return "SELECT t.ROWID AS id, " + tables.columns("tabs", "t", "uuid", "title", "url",
				"user_visible_url", "last_viewed_time", "private_browsing") + " FROM tabs t ORDER BY "
				+ (tables.has("tabs", "order_index") ? "t.order_index, " : "") + "t.ROWID";
	}

	private static String cloud(Tables tables) throws IOException {
		boolean devices = tables.has("cloud_tab_devices", "device_uuid") && tables.has("cloud_tabs", "device_uuid");
		return "SELECT t.ROWID AS id, NULL AS user_visible_url, 0 AS private_browsing, "
				+ (tables.has("cloud_tabs", "tab_uuid") ? "t.tab_uuid" : "NULL") + " AS uuid, "
				+ tables.columns("cloud_tabs", "t", "title", "url", "last_viewed_time") + ", "
				+ (devices ? tables.columns("cloud_tab_devices", "d", "device_name") : "NULL AS device_name")
				+ " FROM cloud_tabs t"
				+ (devices ? " LEFT JOIN cloud_tab_devices d ON d.device_uuid = t.device_uuid" : "")
				+ " ORDER BY t.ROWID";
	}

	private SafariPage page(Row row, boolean cloud) throws SQLException {
		String uuid = row.textOrEmpty("uuid");
		String url = row.textOrEmpty("url");
		return new SafariPage(
				(cloud ? "icloud-tab-" : "tab-") + prefix
						+ (uuid.isEmpty() ? String.valueOf(row.integer("id")) : uuid),
				cloud ? Kind.ICLOUD_TAB : Kind.TAB, row.textOrEmpty("title"),
				url.isEmpty() ? row.textOrEmpty("user_visible_url") : url,
				SafariFile.time(row.number("last_viewed_time")), List.of(), "", row.flag("private_browsing"),
				cloud ? row.textOrEmpty("device_name") : "", 0, false, "");
	}
}
