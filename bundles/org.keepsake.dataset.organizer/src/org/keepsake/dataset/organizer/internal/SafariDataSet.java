// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.SafariPage;

/** What Safari knows: history, bookmarks, the reading list, tabs; in the home folder, or in that of the app. */
public final class SafariDataSet implements DataSet {

	private static final String APP = "AppDomain-com.apple.mobilesafari";
	private static final List<String> DOMAINS = List.of(APP, "HomeDomain");
	private static final String FOLDER = "Library/Safari/";
	private static final List<String> DATABASES = List.of("History.db", "Profiles/*/History.db", "Bookmarks.db",
			"BrowserState.db", "SafariTabs.db", "CloudTabs.db");
	private static final int MOST_TABS = 100_000;
	private static final int MOST_PROFILES = 500;

	@Override
	public String id() {
		return "safari";
	}

	@Override
	public String title() {
		return Texts.text("safari.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return SafariPage.class;
	}

	@Override
	public List<Source> sources() {
		List<Source> sources = new ArrayList<>();
		for (String domain : DOMAINS) {
			for (String name : DATABASES) {
				sources.add(Source.database(domain, FOLDER + name));
			}
			sources.add(Source.files(domain, FOLDER + SafariLists.HISTORY));
			sources.add(Source.files(domain, FOLDER + SafariLists.TABS));
		}
		return sources;
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		SafariTally tally = new SafariTally();
		for (SafariFile file : files(content)) {
			monitor.throwIfCancelled();
			tally.file();
			try {
				SafariTally part = new SafariTally();
				file.survey(part, monitor);
				tally.add(part);
			} catch (ProblemException e) {
				tally.failed(e);
			}
		}
		return tally.survey(content.summary().encrypted());
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		ProblemException problem = null;
		boolean any = false;
		for (SafariFile file : files(content)) {
			try {
				if (!file.read(visitor, monitor)) {
					return;
				}
				any = true;
			} catch (ProblemException e) {
				if (!e.is(DataProblems.UNREADABLE)) {
					throw e;
				}
				problem = e;
			}
		}
		if (problem != null && !any) {
			throw problem;
		}
	}

	private static List<SafariFile> files(BackupContent content) throws IOException {
		List<SafariFile> files = new ArrayList<>();
		Tabs tabs = new Tabs();
		for (String domain : DOMAINS) {
			Optional<ContentFile> file = content.find(domain, FOLDER + "SafariTabs.db");
			if (file.isPresent()) {
				tabs.learn(content, file.get());
			}
		}
		for (String domain : DOMAINS) {
			String prefix = domain.equals(APP) ? "" : "home-";
			find(content, domain, "History.db", file -> files.add(new SafariHistory(content, file, prefix, "")));
			profiles(content, domain, prefix, tabs, files);
			find(content, domain, SafariLists.HISTORY, file -> files.add(new SafariLists(content, file, false)));
			find(content, domain, "Bookmarks.db", file -> files.add(new SafariBookmarks(content, file, prefix, false)));
			find(content, domain, "SafariTabs.db", file -> files.add(new SafariBookmarks(content, file, prefix, true)));
			find(content, domain, "BrowserState.db",
					file -> files.add(new SafariTabs(content, file, prefix + "state-", tabs.known)));
			find(content, domain, SafariLists.TABS, file -> files.add(new SafariLists(content, file, true)));
			find(content, domain, "CloudTabs.db", file -> files.add(new SafariTabs(content, file, prefix, Set.of())));
		}
		return files;
	}

	private static void find(BackupContent content, String domain, String name, Taker taker) throws IOException {
		Optional<ContentFile> file = content.find(domain, FOLDER + name);
		if (file.isPresent()) {
			taker.take(file.get());
		}
	}

	private static void profiles(BackupContent content, String domain, String prefix, Tabs tabs, List<SafariFile> files)
			throws IOException {
		int[] count = new int[1];
		content.forEach(domain, FOLDER + "Profiles/*/History.db", file -> {
			String uuid = file.path().split("/")[3];
			files.add(new SafariHistory(content, file, prefix + uuid + '-', tabs.profiles.getOrDefault(uuid, uuid)));
			return ++count[0] < MOST_PROFILES;
		});
	}

	@FunctionalInterface
	private interface Taker {
		void take(ContentFile file);
	}

	/** What the file of the tabs says to the others; one that cannot be read says nothing here. */
	private static final class Tabs {

		private final Set<String> known = new HashSet<>();
		private final Map<String, String> profiles = new HashMap<>();

		void learn(BackupContent content, ContentFile file) throws IOException {
			try (Tables tables = Tables.open(content, file)) {
				profiles.putAll(new BookmarkTree(tables).profiles());
				if (tables.has("bookmarks", "external_uuid")) {
					tables.query("SELECT external_uuid FROM bookmarks WHERE url != '' AND external_uuid != '' LIMIT "
							+ MOST_TABS, List.of(), row -> {
								known.add(row.textOrEmpty("external_uuid"));
								return true;
							});
				}
			} catch (ProblemException e) {
				if (!e.is(DataProblems.UNREADABLE)) {
					throw e;
				}
			}
		}
	}
}
