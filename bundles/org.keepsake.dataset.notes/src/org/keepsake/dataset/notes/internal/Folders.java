// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;

/** The accounts and folders of {@code NoteStore.sqlite}, and in which of its numbered columns notes point at them. */
final class Folders {

	private static final int MOST = 100_000;
	private static final int MAX_DEPTH = 32;
	private static final long TRASH = 1;
	private static final Pattern NUMBERED_ACCOUNT = Pattern.compile("zaccount\\d{0,2}");

	private final Map<Long, Account> accounts = new HashMap<>();
	private final Map<Long, Folder> folders = new HashMap<>();
	private final List<String> accountColumns = new ArrayList<>();

	/** @param identifier under which its files lie */
	record Account(String name, String identifier) {
		static final Account UNKNOWN = new Account("", "LocalAccount");
	}

	private record Folder(String title, long parent, boolean trash, List<Long> accounts) {
	}

	/** Where a note is. @param path the outermost folder first */
	record Place(Account account, List<String> path, boolean trash) {
	}

	static Folders of(Tables tables) throws IOException {
		Folders found = new Folders();
		for (String column : tables.columns(NoteStore.TABLE)) {
			if (NUMBERED_ACCOUNT.matcher(column).matches()) {
				found.accountColumns.add(column);
			}
		}
		// The higher numbers belong to the newer versions, and in them to notes.
		found.accountColumns.sort(Comparator.comparing(String::length).thenComparing(name -> name).reversed());
		found.readAccounts(tables);
		found.readFolders(tables);
		return found;
	}

	/** The columns in which a row can point at an account, in lower case. */
	String[] accountColumns() {
		return accountColumns.toArray(String[]::new);
	}

	private void readAccounts(Tables tables) throws IOException {
		if (!tables.has(NoteStore.TABLE, "ZNAME")) {
			return;
		}
		tables.query("SELECT Z_PK, " + tables.columns(NoteStore.TABLE, "o", "ZNAME", "ZIDENTIFIER") + " FROM "
				+ NoteStore.TABLE + " o WHERE ZNAME IS NOT NULL", List.of(), row -> {
					accounts.put(row.integer("Z_PK"),
							new Account(row.textOrEmpty("ZNAME"), row.textOrEmpty("ZIDENTIFIER")));
					return accounts.size() < MOST;
				});
	}

	private void readFolders(Tables tables) throws IOException {
		if (!tables.has(NoteStore.TABLE, "ZTITLE2")) {
			return;
		}
		String columns = tables.columns(NoteStore.TABLE, "o", "ZTITLE2", "ZPARENT", "ZFOLDERTYPE", "ZIDENTIFIER",
				"ZOWNER", "ZMARKEDFORDELETION");
		String numbered = accountColumns.isEmpty() ? ""
				: ", " + tables.columns(NoteStore.TABLE, "o", accountColumns());
		tables.query("SELECT Z_PK, " + columns + numbered + " FROM " + NoteStore.TABLE
				+ " o WHERE ZTITLE2 IS NOT NULL", List.of(), row -> {
					List<Long> owners = pointers(row);
					owners.add(row.integer("ZOWNER"));
					boolean trash = row.integer("ZFOLDERTYPE") == TRASH || row.flag("ZMARKEDFORDELETION")
							|| row.textOrEmpty("ZIDENTIFIER").startsWith("TrashFolder");
					folders.put(row.integer("Z_PK"),
							new Folder(row.textOrEmpty("ZTITLE2"), row.integer("ZPARENT"), trash, owners));
					return folders.size() < MOST;
				});
	}

	private List<Long> pointers(Row row) throws SQLException {
		List<Long> pointers = new ArrayList<>();
		for (String column : accountColumns) {
			pointers.add(row.integer(column));
		}
		return pointers;
	}

	/** Where the note of the row is, which has the columns of accounts. @param number its folder's */
	Place place(Row row, long number) throws SQLException {
		List<String> path = new ArrayList<>();
		boolean trash = false;
		List<Long> candidates = pointers(row);
		@Nullable
		Folder folder = folders.get(number);
		while (folder != null && path.size() < MAX_DEPTH) {
			path.addFirst(folder.title);
			trash |= folder.trash;
			candidates.addAll(folder.accounts);
			folder = folders.get(folder.parent);
		}
		for (Long candidate : candidates) {
			Account account = accounts.get(candidate);
			if (account != null) {
				return new Place(account, path, trash);
			}
		}
		return new Place(accounts.size() == 1 ? accounts.values().iterator().next() : Account.UNKNOWN, path, trash);
	}
}
