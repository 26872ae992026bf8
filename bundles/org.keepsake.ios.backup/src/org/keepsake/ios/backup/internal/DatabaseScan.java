// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.StoredContent;

/**
 * One visit to the rows of {@code Manifest.db}, in the order of the table. Where pages are damaged, it goes on behind
 * them. What the lost rows were is asked of the database's own indexes, which lie on other pages: such files are visited
 * last, as entries that cannot be understood.
 */
final class DatabaseScan {

	private static final int MAX_GAPS = 10_000;
	private static final int MAX_LOST = 100_000;
	private static final long MAX_STEP = 1L << 40;
	private static final String NEXT = "SELECT file FROM Files NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1";

	/** Rows that cannot be read: those behind the first number, up to the second. */
	private record Gap(long after, long upTo) {
	}

	/** What is known of a row that cannot be read. */
	private static final class Lost {
		private @Nullable String domain;
		private @Nullable String path;
		private int flags;
	}

	private final Connection connection;
	private final boolean checking;
	private final IndexEntry.Visitor visitor;
	private final List<String> conditions = new ArrayList<>();
	private final List<String> arguments = new ArrayList<>();
	private final Predicate<String> domain;
	private final Predicate<String> path;
	private final TreeMap<Long, Gap> gaps = new TreeMap<>();
	private long last;

	/** @param after the rows up to this number are passed over; the least number for none */
	DatabaseScan(Connection connection, FileFilter filter, boolean checking, long after, IndexEntry.Visitor visitor) {
		last = after;
		this.connection = connection;
		this.checking = checking;
		this.visitor = visitor;
		domain = part(filter.domain(), "domain");
		path = part(filter.path(), "relativePath");
	}

	/* What has no wildcards is left to SQLite's indexes. */
	private Predicate<String> part(@Nullable String text, String column) {
		if (text == null) {
			return any -> true;
		}
		Glob glob = new Glob(text);
		String literal = glob.literal();
		if (literal != null) {
			conditions.add(column + " = ?");
			arguments.add(literal);
		}
		return glob;
	}

	/**
	 * Visits what can be read.
	 *
	 * @return how many places could not be read; 0 for a sound table
	 * @throws SQLException if it cannot be read to its end
	 */
	int run() throws SQLException, IOException {
		try {
			rows(last > Long.MIN_VALUE);
			return 0;
		} catch (SQLException e) {
			return resume();
		}
	}

	/* At first from where it stopped: maybe it was an index that is damaged, and not the table. */
	private int resume() throws SQLException, IOException {
		while (true) {
			try {
				if (rows(true)) {
					lost();
				}
				return Math.max(1, gaps.size());
			} catch (SQLException e) {
				if (gaps.size() == MAX_GAPS || !jump()) {
					gaps.put(last, new Gap(last, Long.MAX_VALUE));
					lost();
					if (last == Long.MIN_VALUE || gaps.size() > MAX_GAPS) {
						throw e;
					}
					return gaps.size();
				}
			}
		}
	}

	/** @param resumed whether to go on behind the last row, without an index @return false if the visitor has enough */
	private boolean rows(boolean resumed) throws SQLException, IOException {
		List<String> all = new ArrayList<>(conditions);
		if (resumed) {
			all.addFirst("rowid > ?");
		}
		String sql = IndexRows.COLUMNS + (resumed ? " NOT INDEXED" : "")
				+ (all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all)) + " ORDER BY rowid";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			int at = 1;
			if (resumed) {
				statement.setLong(at++, last);
			}
			for (String argument : arguments) {
				statement.setString(at++, argument);
			}
			try (ResultSet rows = statement.executeQuery()) {
				IndexRows reader = new IndexRows(rows, checking);
				while (rows.next()) {
					long number = reader.number();
					boolean wanted = domain.test(reader.domain()) && path.test(reader.path());
					IndexEntry entry = wanted ? reader.entry() : null;
					last = number;
					if (entry != null && !visitor.visit(entry)) {
						return false;
					}
				}
				return true;
			}
		}
	}

	/** Finds the next row that can be read, in strides that grow and then shrink. @return false if the end is lost */
	private boolean jump() {
		long damaged = Math.max(last, 0);
		long readable = -1;
		for (long step = 1; step <= MAX_STEP && readable < 0; step *= 2) {
			long there = Math.max(last, 0) + step;
			if (isReadableBehind(there)) {
				readable = there;
			} else {
				damaged = there;
			}
		}
		if (readable < 0) {
			return false;
		}
		while (readable - damaged > 1) {
			long between = damaged + (readable - damaged) / 2;
			if (isReadableBehind(between)) {
				readable = between;
			} else {
				damaged = between;
			}
		}
		gaps.put(last, new Gap(last, readable));
		last = readable;
		return true;
	}

	private boolean isReadableBehind(long number) {
		try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
			statement.setLong(1, number);
			try (ResultSet rows = statement.executeQuery()) {
				if (rows.next()) {
					rows.getBytes(1);
				}
				return true;
			}
		} catch (SQLException e) {
			return false;
		}
	}

	/** Visits what is known of the rows that were passed over. */
	private void lost() throws IOException {
		if (gaps.isEmpty()) {
			return;
		}
		TreeMap<Long, Lost> found = new TreeMap<>();
		collect("relativePath", "FilesRelativePathIdx", found, (lost, rows) -> lost.path = rows.getString(2));
		collect("domain", "FilesDomainIdx", found, (lost, rows) -> lost.domain = rows.getString(2));
		collect("flags", "FilesFlagsIdx", found, (lost, rows) -> lost.flags = rows.getInt(2));
		MessageDigest sha1 = FileIds.sha1();
		for (Map.Entry<Long, Lost> each : found.entrySet()) {
			String lostDomain = each.getValue().domain;
			String lostPath = each.getValue().path;
			if (lostDomain != null && lostPath != null && domain.test(lostDomain) && path.test(lostPath)) {
				String flaw = Texts.text("entry.lost");
				Kind kind = IndexRows.kind(each.getValue().flags, 0x8000);
				BackupFile file = new BackupFile(lostDomain, lostPath, FileIds.of(sha1, lostDomain, lostPath), kind, 0,
						0, FileRecord.moment(0), 0, null, StoredContent.unreadable(flaw));
				if (!visitor.visit(new IndexEntry(file, flaw))) {
					return;
				}
			}
		}
	}

	/** Takes what an index says of a row. */
	@FunctionalInterface
	private interface Taker {
		void take(Lost lost, ResultSet rows) throws SQLException;
	}

	/* Of an index that is not there, or damaged as well, what can be read. */
	private void collect(String column, String index, Map<Long, Lost> found, Taker taker) {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
						.executeQuery("SELECT rowid, " + column + " FROM Files INDEXED BY " + index)) {
			while (rows.next()) {
				long number = rows.getLong(1);
				Map.Entry<Long, Gap> gap = gaps.lowerEntry(number);
				if (gap != null && number <= gap.getValue().upTo
						&& (found.containsKey(number) || found.size() < MAX_LOST)) {
					taker.take(found.computeIfAbsent(number, any -> new Lost()), rows);
				}
			}
		} catch (SQLException e) {
			// The damage is told anyway, if not by name.
			return;
		}
	}
}
