// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.Tables;

/**
 * The albums of a library and where its index says which photos they hold: in a table whose name has the numbers of Core
 * Data's entities, which differ from iOS to iOS ({@code Z_26ASSETS} with {@code Z_26ALBUMS} and {@code Z_3ASSETS}).
 */
final class Albums {

	private static final long USER = 2;
	private static final long SHARED = 1505;
	private static final long FOLDER = 4000;
	private static final int MAX_ALBUMS = 100_000;
	private static final int MAX_DEPTH = 32;
	private static final Pattern TABLE = Pattern.compile("Z_(\\d{1,5})ASSETS");
	private static final Pattern ASSETS = Pattern.compile("z_\\d{1,5}assets");

	/** By their numbers, and so in the order in which they were made. */
	private final Map<Long, String> paths = new TreeMap<>();
	private @Nullable Membership membership;

	/** Reads the albums' names. */
	static Albums of(Tables tables) throws IOException {
		Albums albums = new Albums();
		if (tables.has("ZGENERICALBUM")) {
			albums.name(tables);
			albums.membership = findMembership(tables);
		}
		return albums;
	}

	/** Which photo is in which album. @param albums the column of albums */
	record Membership(String table, String albums, String assets) {
	}

	/** Where the index says so; null if it does not. */
	@Nullable
	Membership membership() {
		return paths.isEmpty() ? null : membership;
	}

	/** The names of the albums with these numbers, which are separated by commas. */
	List<String> named(String numbers) {
		Set<Long> wanted = new HashSet<>();
		for (String number : numbers.split(",")) {
			try {
				wanted.add(Long.valueOf(number.strip()));
			} catch (NumberFormatException e) {
				// What is no number names no album.
			}
		}
		return wanted.stream().sorted().map(paths::get).filter(path -> path != null).distinct().toList();
	}

	private void name(Tables tables) throws IOException {
		Map<Long, Entry> entries = new HashMap<>();
		tables.query("SELECT Z_PK, " + tables.columns("ZGENERICALBUM", "g", "ZKIND", "ZTITLE", "ZPARENTFOLDER",
				"ZTRASHEDSTATE") + " FROM ZGENERICALBUM g", List.of(), row -> {
					String title = row.textOrEmpty("ZTITLE").strip();
					entries.put(row.integer("Z_PK"), new Entry(row.integer("ZKIND"), title,
							row.integer("ZPARENTFOLDER"), row.flag("ZTRASHEDSTATE")));
					return entries.size() < MAX_ALBUMS;
				});
		entries.forEach((number, entry) -> {
			if ((entry.kind == USER || entry.kind == SHARED) && !entry.trashed && !entry.title.isEmpty()) {
				paths.put(number, path(entry, entries));
			}
		});
	}

	private static String path(Entry album, Map<Long, Entry> entries) {
		List<String> names = new ArrayList<>(List.of(component(album)));
		Entry folder = entries.get(album.parent);
		while (folder != null && folder.kind == FOLDER && !folder.title.isEmpty() && names.size() < MAX_DEPTH) {
			names.addFirst(component(folder));
			folder = entries.get(folder.parent);
		}
		return String.join("/", names);
	}

	/** A name that does not look like two. */
	private static String component(Entry entry) {
		return entry.title.replace('/', '∕');
	}

	private static @Nullable Membership findMembership(Tables tables) throws IOException {
		long[] entity = { -1 };
		if (tables.has("Z_PRIMARYKEY", "Z_NAME")) {
			tables.query("SELECT Z_ENT FROM Z_PRIMARYKEY WHERE Z_NAME IN ('GenericAlbum', 'Album')"
					+ " ORDER BY Z_NAME DESC LIMIT 1", List.of(), row -> {
						entity[0] = row.integer("Z_ENT");
						return false;
					});
		}
		Membership found = null;
		for (String table : tables.tablesLike("Z\\_%ASSETS")) {
			Matcher matcher = TABLE.matcher(table);
			if (matcher.matches()) {
				Membership candidate = membership(tables, table, matcher.group(1));
				if (candidate != null && (found == null || matcher.group(1).equals(Long.toString(entity[0])))) {
					found = candidate;
				}
			}
		}
		return found;
	}

	private static @Nullable Membership membership(Tables tables, String table, String number) throws IOException {
		String albums = "z_" + number + "albums";
		if (!tables.has(table, albums)) {
			return null;
		}
		for (String column : tables.columns(table)) {
			if (ASSETS.matcher(column).matches()) {
				return new Membership(table, albums, column);
			}
		}
		return null;
	}

	private record Entry(long kind, String title, long parent, boolean trashed) {
	}
}
