// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * What the backup's own files say of apps: {@code Info.plist}, which the computer wrote, of those a person installed, and
 * {@code Manifest.plist}, which the device wrote, of all that have data.
 */
final class AppCatalog {

	private static final long MAX_BYTES = 512L << 20;
	private static final long MAX_STORE_BYTES = 1 << 20;
	private static final int MOST = 100_000;

	private final PropertyList details;
	private final PropertyList containers;
	private final Set<String> installed = new HashSet<>();
	private final NavigableSet<String> apps = new TreeSet<>();
	private final Map<String, String> groupOwners = new HashMap<>();

	private AppCatalog(PropertyList info, PropertyList manifest) {
		details = info.dict("Applications");
		containers = manifest.dict("Applications");
		if (info.get("Installed Applications") instanceof List<?> ids) {
			ids.stream().limit(MOST).filter(String.class::isInstance).forEach(id -> installed.add((String) id));
		}
		installed.addAll(details.keys());
		apps.addAll(installed);
		for (String id : containers.keys()) {
			PropertyList container = containers.dict(id);
			String kind = container.string("ContainerContentClass");
			if (kind.isEmpty() ? !id.startsWith("group.") : kind.equals("Data/Application")) {
				apps.add(id);
			}
			if (container.get("GroupContainers") instanceof List<?> groups) {
				groups.stream().limit(MOST).filter(String.class::isInstance)
						.forEach(group -> groupOwners.putIfAbsent((String) group, id));
			}
		}
		apps.remove("");
	}

	/** Reads both files; null if the backup has neither. */
	static @Nullable AppCatalog of(BackupContent content) throws IOException {
		PropertyList info = list(content, "Info.plist", Set.of("Applications", "Installed Applications"));
		PropertyList manifest = list(content, "Manifest.plist", Set.of("Applications"));
		return info == null && manifest == null ? null
				: new AppCatalog(info == null ? PropertyList.EMPTY : info,
						manifest == null ? PropertyList.EMPTY : manifest);
	}

	private static @Nullable PropertyList list(BackupContent content, String name, Set<String> wanted)
			throws IOException {
		Optional<InputStream> file = content.description(name);
		if (file.isEmpty()) {
			return null;
		}
		try (InputStream in = file.get()) {
			return PropertyList.read(in, MAX_BYTES, wanted::contains);
		} catch (PlistException e) {
			throw DataProblems.UNREADABLE.exceptionBecause(e, name, String.valueOf(e.getMessage()));
		}
	}

	/** The identifiers of all apps, sorted. */
	NavigableSet<String> apps() {
		return apps;
	}

	/** Whether it came with the system, as far as can be told: nobody installed it, and it is Apple's. */
	boolean isSystem(String id) {
		return !installed.contains(id) && id.startsWith("com.apple.");
	}

	/** What the store says of an app; empty if nothing. */
	PropertyList store(String id) {
		byte[] bytes = details.dict(id).data("iTunesMetadata");
		if (bytes == null) {
			return details.dict(id).dict("iTunesMetadata");
		}
		try {
			return PropertyList.read(new ByteArrayInputStream(bytes), MAX_STORE_BYTES, _ -> true);
		} catch (IOException e) {
			return PropertyList.EMPTY;
		}
	}

	/** What the device says of an app; empty if nothing. */
	PropertyList container(String id) {
		return containers.dict(id);
	}

	/** When an app was got, of what the store says. */
	static @Nullable Instant purchased(PropertyList store) {
		Instant date = store.date("purchaseDate");
		if (date == null) {
			date = store.dict("com.apple.iTunesStore.downloadInfo").date("purchaseDate");
		}
		String text = store.string("purchaseDate");
		if (text.isEmpty()) {
			text = store.dict("com.apple.iTunesStore.downloadInfo").string("purchaseDate");
		}
		if (date != null || text.isEmpty()) {
			return date;
		}
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeParseException e) {
			return null;
		}
	}

	/** The Apple account an app was got with, of what the store says. */
	static String account(PropertyList store) {
		PropertyList account = store.dict("com.apple.iTunesStore.downloadInfo").dict("accountInfo");
		String id = account.string("AppleID");
		return id.isEmpty() ? store.string("appleId") : id;
	}

	/**
	 * The app that a domain belongs to: by its name, or of a group by what the device says, or by the name it begins with.
	 *
	 * @return null if it belongs to none, or to several
	 */
	@Nullable
	String owner(String domain) {
		if (domain.startsWith("AppDomain-")) {
			return domain.substring("AppDomain-".length());
		}
		if (domain.startsWith("AppDomainPlugin-")) {
			return prefix(domain.substring("AppDomainPlugin-".length()));
		}
		if (!domain.startsWith("AppDomainGroup-")) {
			return null;
		}
		String group = domain.substring("AppDomainGroup-".length());
		String owner = groupOwners.get(group);
		if (owner != null) {
			return owner;
		}
		String name = group.startsWith("group.") ? group.substring("group.".length()) : group;
		owner = prefix(name);
		if (owner == null && name.matches("[A-Z0-9]{10}\\..+")) {
			owner = prefix(name.substring(11));
		}
		return owner == null ? only(name) : owner;
	}

	/** The app with the longest identifier that the name is, or continues after a dot. */
	private @Nullable String prefix(String name) {
		String part = name;
		while (!apps.contains(part)) {
			int dot = part.lastIndexOf('.');
			if (dot < 0) {
				return null;
			}
			part = part.substring(0, dot);
		}
		return part;
	}

	/** The app whose identifier continues the name, if there is one alone. */
	private @Nullable String only(String name) {
		NavigableSet<String> those = apps.subSet(name + '.', true, name + '/', false);
		return those.size() == 1 && name.indexOf('.') > 0 ? those.first() : null;
	}
}
