// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.system.InstalledApp;
import org.keepsake.ios.backup.plist.PropertyList;

/** The apps on the device, and how much of theirs is in the backup. */
public final class AppsDataSet implements DataSet {

	static final String DOCUMENTS = "Documents/";

	private static final int MOST_DOMAINS = 100_000;

	@Override
	public String id() {
		return "apps";
	}

	@Override
	public String title() {
		return Texts.text("apps.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return InstalledApp.class;
	}

	@Override
	public boolean hasSecrets() {
		return true;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.files("AppDomain-*", "**"), Source.files("AppDomainPlugin-*", "**"),
				Source.files("AppDomainGroup-*", "**"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		AppCatalog catalog;
		try {
			catalog = AppCatalog.of(content);
		} catch (ProblemException e) {
			if (!e.is(DataProblems.UNREADABLE)) {
				throw e;
			}
			return Survey.unreadable(e.problem().title() + ". " + e.problem().cause());
		}
		if (catalog == null) {
			return Survey.absent("");
		}
		Span span = new Span();
		long system = 0;
		for (String id : catalog.apps()) {
			span.include(AppCatalog.purchased(catalog.store(id)));
			system += catalog.isSystem(id) ? 1 : 0;
		}
		Map<String, Long> parts = new LinkedHashMap<>();
		parts.put(Texts.text("apps.installed"), catalog.apps().size() - system);
		parts.put(Texts.text("apps.system"), system);
		return Survey.present(catalog.apps().size(), span.first(), span.last()).withParts(parts)
				.withRemarks(List.of(Texts.text("apps.remark")));
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		AppCatalog catalog = AppCatalog.of(content);
		if (catalog == null || catalog.apps().isEmpty()) {
			return;
		}
		Map<String, Use> uses = uses(content, catalog, monitor);
		for (String id : catalog.apps()) {
			monitor.throwIfCancelled();
			if (!visitor.visit(app(id, catalog, uses.getOrDefault(id, new Use()), selection.secrets()))) {
				return;
			}
		}
	}

	private static InstalledApp app(String id, AppCatalog catalog, Use use, boolean secrets) {
		PropertyList store = catalog.store(id);
		PropertyList container = catalog.container(id);
		String version = first(store.string("bundleShortVersionString"),
				container.string("CFBundleShortVersionString"));
		String build = first(store.string("bundleVersion"), container.string("CFBundleVersion"));
		String account = AppCatalog.account(store);
		return new InstalledApp(id, store.string("itemName"), version, build, store.string("artistName"),
				store.string("genre"), catalog.isSystem(id), AppCatalog.purchased(store),
				secrets ? account : shortened(account), use.bytes, use.files, use.documents,
				List.copyOf(use.domains));
	}

	private static String first(String one, String other) {
		return one.isEmpty() ? other : one;
	}

	/** {@code a•••@example.org}: enough to tell two accounts from each other. */
	static String shortened(String account) {
		int at = account.indexOf('@');
		return account.isEmpty() ? "" : account.substring(0, account.offsetByCodePoints(0, 1)) + "•••"
				+ (at > 0 ? account.substring(at) : "");
	}

	private static Map<String, Use> uses(BackupContent content, AppCatalog catalog, JobMonitor monitor)
			throws IOException {
		Map<String, Use> uses = new HashMap<>();
		Map<String, Use> byDomain = new HashMap<>();
		content.forEach("AppDomain*", null, file -> {
			monitor.throwIfCancelled();
			Use use = byDomain.get(file.domain());
			if (use == null && byDomain.size() < MOST_DOMAINS) {
				String owner = catalog.owner(file.domain());
				use = owner == null || !catalog.apps().contains(owner) ? new Use()
						: uses.computeIfAbsent(owner, _ -> new Use());
				byDomain.put(file.domain(), use);
			}
			if (use != null) {
				use.domains.add(file.domain());
				use.files++;
				use.bytes += Math.max(0, file.sizeBytes());
				use.documents += file.domain().startsWith("AppDomain-") && file.path().startsWith(DOCUMENTS) ? 1 : 0;
			}
			return true;
		});
		return uses;
	}

	/** What an app uses. */
	private static final class Use {
		private final NavigableSet<String> domains = new TreeSet<>();
		private long bytes;
		private long files;
		private long documents;
	}
}
