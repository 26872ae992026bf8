// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.whatsapp.ChatEntry;

/** Chats and calls of WhatsApp and WhatsApp Business. */
public final class WhatsAppDataSet implements DataSet {

	static final String CHATS = "ChatStorage.sqlite";
	static final String CALLS = "CallHistory.sqlite";
	static final String CONTACTS = "ContactsV2.sqlite";
	static final String IDENTITIES = "LID.sqlite";

	/** The app and the domain of its files. */
	record App(String name, String domain) {
	}

	static final List<App> APPS = List.of(
			new App("WhatsApp", "AppDomainGroup-group.net.whatsapp.WhatsApp.shared"),
			new App("WhatsApp Business", "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared"));

	@Override
	public String id() {
		return "whatsapp";
	}

	@Override
	public String title() {
		return Texts.text("whatsapp.title");
	}

	@Override
	public Class<ChatEntry> recordType() {
		return ChatEntry.class;
	}

	@Override
	public List<Source> sources() {
		List<Source> sources = new ArrayList<>();
		for (App app : APPS) {
			for (String database : new String[] { CHATS, CALLS, CONTACTS, IDENTITIES }) {
				sources.add(Source.database(app.domain, database));
			}
			sources.add(Source.files(app.domain, "Message/Media/**"));
		}
		return sources;
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		Map<String, Long> parts = new LinkedHashMap<>();
		DateRange range = DateRange.NONE;
		boolean present = false;
		try {
			for (App app : APPS) {
				for (String[] one : new String[][] { { CHATS, "ZWAMESSAGE", "ZMESSAGEDATE", "whatsapp.chats" },
						{ CALLS, "ZWACDCALLEVENT", "ZDATE", "whatsapp.calls" } }) {
					Optional<Tables> database = Tables.open(content, app.domain, one[0]);
					if (database.isPresent()) {
						try (Tables tables = database.get()) {
							if (tables.has(one[1])) {
								present = true;
								parts.merge(Texts.text(one[3]), tables.count("SELECT count(*) FROM " + one[1]),
										Long::sum);
								range = tables.has(one[1], one[2])
										? range.with(DateRange.cocoa(tables, one[2], one[1]))
										: range;
							}
						}
					}
				}
			}
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().cause());
		}
		long count = parts.values().stream().mapToLong(Long::longValue).sum();
		return present ? Survey.present(count, range.first(), range.last()).withParts(parts) : Survey.absent("");
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		boolean[] more = { true };
		RecordVisitor watched = entry -> {
			monitor.throwIfCancelled();
			more[0] = visitor.visit(entry);
			return more[0];
		};
		for (App app : APPS) {
			Optional<Tables> chats = more[0] ? Tables.open(content, app.domain, CHATS) : Optional.empty();
			if (chats.isPresent()) {
				try (Tables tables = chats.get()) {
					if (tables.has("ZWAMESSAGE")) {
						new ChatReader(content, app, tables).read(watched);
					}
				}
			}
			Optional<Tables> calls = more[0] ? Tables.open(content, app.domain, CALLS) : Optional.empty();
			if (calls.isPresent()) {
				try (Tables tables = calls.get()) {
					if (tables.has("ZWACDCALLEVENT")) {
						new CallReader(content, app, tables).read(watched);
					}
				}
			}
		}
	}
}
