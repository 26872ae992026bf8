// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.ExportWish;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.engine.SearchRequest;
import org.keepsake.virtual.VirtualFile;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** What strangers put into the databases and files of a device, on its way through a backup into what a person opens. */
@Timeout(600)
class HostileContentTest {

	private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>";
	private static final List<String> FORMULAS = List.of("=HYPERLINK(\"http://example.org\",\"x\")",
			"+1+cmd|' /C calc'!A0",
			"@SUM(1+1)", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "\r=1+1");
	private static final String UPWARDS = "../../../../../../escaped.html";
	private static final Pattern TAG = Pattern.compile("<([a-z][a-z0-9]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>",
			Pattern.CASE_INSENSITIVE);
	private static final Set<String> ACTIVE = Set.of("script", "svg", "iframe", "object", "embed", "base", "form");
	private static final Pattern LEADS_TO_CODE = Pattern
			.compile("(href|src)\\s*=\\s*[\"']?\\s*(javascript|vbscript|data:text/html)", Pattern.CASE_INSENSITIVE);

	/** Where data sets read, besides what is not in every backup. */
	private static final List<List<String>> FILES = List.of(List.of("HomeDomain", "Library/SMS/sms.db"),
			List.of("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb"),
			List.of("HomeDomain", "Library/AddressBook/AddressBookImages.sqlitedb"),
			List.of("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata"),
			List.of("HomeDomain", "Library/Calendar/Calendar.sqlitedb"),
			List.of("HomeDomain", "Library/Voicemail/voicemail.db"),
			List.of("HomeDomain", "Library/Safari/Bookmarks.db"),
			List.of("HomeDomain", "Library/Safari/BrowserState.db"),
			List.of("AppDomain-com.apple.mobilesafari", "Library/Safari/History.db"),
			List.of("AppDomainGroup-group.com.apple.notes", "NoteStore.sqlite"),
			List.of("AppDomainGroup-group.com.apple.reminders", "Container_v1/Stores/Data-local.sqlite"),
			List.of("CameraRollDomain", "Media/PhotoData/Photos.sqlite"),
			List.of("HealthDomain", "Health/healthdb_secure.sqlite"),
			List.of("SystemPreferencesDomain", "com.apple.wifi.known-networks.plist"),
			List.of("SystemPreferencesDomain", "SystemConfiguration/com.apple.wifi.plist"),
			List.of("KeychainDomain", "keychain-backup.plist"));

	/** Enough to have all of it read in each of the ways. */
	private static final Predicate<Exporter> DAMAGED_FORMATS = exporter -> Set.of("html", "pdf", "csv", "json")
			.contains(exporter.id());

	@TempDir
	Path folder;

	/** Changes a database of the device in place. */
	@FunctionalInterface
	private interface Edit {
		void with(Connection database) throws SQLException;
	}

	private byte[] read(Lab lab, String domain, String path) throws IOException {
		VirtualFile file = lab.files(0).find(domain, path);
		if (file == null) {
			return new byte[0];
		}
		try (InputStream in = lab.files(0).open(file)) {
			return in.readAllBytes();
		}
	}

	private void edit(Lab lab, String domain, String path, Edit edit) throws Exception {
		Path copy = folder.resolve("edited.db");
		Files.write(copy, read(lab, domain, path));
		try (Connection database = JDBC.createConnection("jdbc:sqlite:" + copy, new SQLiteConfig().toProperties())) {
			edit.with(database);
		}
		lab.put(0, domain, path, Files.readAllBytes(copy));
		Files.delete(copy);
	}

	private static int update(Connection database, String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = database.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			return statement.executeUpdate();
		}
	}

	/** Everything below the folder but what lives on: devices, backups and the engine's own state. */
	private Set<String> seen() throws IOException {
		Set<String> living = Set.of("phone", "backups", "home", "temporary");
		Set<String> seen = new TreeSet<>();
		try (Stream<Path> top = Files.list(folder)) {
			for (Path each : top.filter(path -> !living.contains(path.getFileName().toString())).toList()) {
				try (Stream<Path> walk = Files.walk(each)) {
					walk.filter(path -> !Files.isDirectory(path))
							.forEach(path -> seen.add(folder.relativize(path).toString()));
				}
			}
		}
		return seen;
	}

	/** Writes every data set in every one of the formats, each into a folder of its own. @return those that failed */
	private List<String> exportAll(Lab lab, OpenedBackup backup, Predicate<Exporter> formats, Path out)
			throws IOException {
		List<String> failed = new ArrayList<>();
		for (DataSet dataSet : backup.dataSets()) {
			for (Exporter exporter : backup.exporters(dataSet).stream().filter(formats).toList()) {
				Path place = out.resolve(dataSet.id() + '-' + exporter.id());
				try {
					backup.export(new ExportWish(dataSet, exporter, Selection.ALL, Map.of()), place, lab.monitor);
				} catch (ProblemException e) {
					failed.add(dataSet.id() + '-' + exporter.id() + ": " + e.problem().code());
				}
			}
		}
		return failed;
	}

	private static List<Path> files(Path folder, String ending) throws IOException {
		try (Stream<Path> walk = Files.walk(folder)) {
			return walk.filter(path -> Files.isRegularFile(path)
					&& path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending)).toList();
		}
	}

	private static void assertInert(Path page) throws IOException {
		var tags = TAG.matcher(Files.readString(page));
		while (tags.find()) {
			String unquoted = tags.group(2).replaceAll("\"[^\"]*\"|'[^']*'", "''");
			assertFalse(ACTIVE.contains(tags.group(1).toLowerCase(Locale.ROOT))
					|| unquoted.matches("(?is).*\\bon[a-z]+\\s*=.*") || LEADS_TO_CODE.matcher(tags.group(2)).find(),
					() -> page + ": " + tags.group());
		}
	}

	/** The cells of a table as a spreadsheet reads it. */
	private static List<String> cells(Path table) throws IOException {
		List<String> cells = new ArrayList<>();
		StringBuilder cell = new StringBuilder();
		boolean quoted = false;
		String text = Files.readString(table);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"') {
				if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
					cell.append(c);
					i++;
				} else {
					quoted = !quoted;
				}
			} else if (!quoted && (c == ',' || c == '\n')) {
				cells.add(cell.toString().replaceAll("\r$", ""));
				cell.setLength(0);
			} else {
				cell.append(c);
			}
		}
		cells.add(cell.toString());
		return cells;
	}

	private static boolean isFormula(String cell) {
		return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0
				&& !cell.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")
				&& !cell.matches("\\+[0-9 ()/-]+");
	}

	/** Puts texts of strangers wherever there is a text of theirs. */
	private void poison(Lab lab) throws Exception {
		edit(lab, "HomeDomain", "Library/SMS/sms.db", db -> {
			assertTrue(update(db, "UPDATE message SET text = ?, subject = ?, attributedBody = NULL WHERE ROWID % 3 = 0",
					SCRIPT,
					SCRIPT) > 0);
			for (int i = 0; i < FORMULAS.size(); i++) {
				update(db, "UPDATE message SET text = ?, attributedBody = NULL WHERE ROWID = ?", FORMULAS.get(i),
						100 + i);
			}
			update(db, "UPDATE message SET guid = ? WHERE ROWID = 4", "=1+1\"><script>alert(4)</script>");
			update(db, "UPDATE chat SET display_name = ? WHERE ROWID = 1", "</title>" + SCRIPT + "/../../up");
			update(db, "UPDATE chat SET chat_identifier = ? WHERE ROWID = 2", UPWARDS);
			update(db, "UPDATE handle SET id = ? WHERE ROWID = 3", SCRIPT);
			assertTrue(
					update(db, "UPDATE attachment SET transfer_name = ?, mime_type = ?, uti = ?", UPWARDS, "text/html",
							"public.html") > 0);
			update(db, "UPDATE attachment SET filename = ? WHERE ROWID = 1",
					"~/Library/SMS/../../../../../../../etc/hostname");
			update(db, "UPDATE attachment SET filename = ?, transfer_name = ? WHERE ROWID = 2", "/etc/hostname",
					"C:\\Windows\\..\\escaped.exe");
			update(db, "UPDATE attachment SET transfer_name = ? WHERE ROWID = 3", "\"><script>alert(5)</script>.html");
		});
		edit(lab, "HomeDomain", "Library/AddressBook/AddressBook.sqlitedb", db -> {
			assertTrue(update(db, "UPDATE ABPerson SET First = ?, Last = ? WHERE ROWID % 2 = 0", SCRIPT, "=1+1") > 0);
			update(db, "UPDATE ABPerson SET Note = ? WHERE ROWID = 1", "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:injected");
		});
		edit(lab, "AppDomain-com.apple.mobilesafari", "Library/Safari/History.db", db -> {
			update(db, "UPDATE history_items SET url = ? || rowid", "javascript:alert(6)//" + SCRIPT);
			update(db, "UPDATE history_visits SET title = ?", FORMULAS.getFirst());
		});
		edit(lab, "HomeDomain", "Library/Safari/Bookmarks.db", db -> {
			update(db, "UPDATE bookmarks SET url = ?, title = ? WHERE url IS NOT NULL AND url <> ''",
					"javascript:alert(7)",
					SCRIPT);
		});
		edit(lab, "HomeDomain", "Library/Calendar/Calendar.sqlitedb", db -> {
			update(db, "UPDATE CalendarItem SET summary = ?, description = ?", "=1+1",
					"x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\n" + SCRIPT);
			update(db, "UPDATE Calendar SET title = ?", UPWARDS);
		});
		edit(lab, "AppDomainGroup-group.com.apple.notes", "NoteStore.sqlite", db -> {
			update(db, "UPDATE ZICCLOUDSYNCINGOBJECT SET ZTITLE1 = ? WHERE ZTITLE1 IS NOT NULL", SCRIPT);
			update(db, "UPDATE ZICCLOUDSYNCINGOBJECT SET ZTITLE2 = ? WHERE ZTITLE2 IS NOT NULL", UPWARDS);
		});
	}

	@Test
	void textsOfStrangersStayTextsAndNothingLeavesTheFolder() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 21, false))) {
			poison(lab);
			lab.encrypt(0);
			KeptBackup kept = lab.backup(0, 0).backup();
			Set<String> before = seen();
			Path out = folder.resolve("out/deep/deeper");
			try (OpenedBackup backup = open(lab, kept)) {
				assertEquals(List.of(), exportAll(lab, backup, any -> true, out));
				lab.keepsake.report(backup, ReportFormat.HTML, out.resolve("report"), lab.monitor);
				lab.keepsake.report(backup, ReportFormat.PDF, out.resolve("report"), lab.monitor);
			}
			Set<String> outside = seen();
			outside.removeAll(before);
			outside.removeIf(path -> path.startsWith("out/deep/deeper/"));
			assertEquals(Set.of(), outside);

			List<Path> pages = files(out, "").stream().filter(HostileContentTest::isOurPage).toList();
			assertTrue(pages.size() > 3, pages::toString);
			for (Path page : pages) {
				assertInert(page);
			}
			assertTrue(pages.stream().anyMatch(page -> contains(page, "&lt;script&gt;alert(1)")),
					"the text itself is there");
			int tables = 0;
			for (Path table : files(out, ".csv")) {
				List<String> formulas = cells(table).stream().filter(HostileContentTest::isFormula).toList();
				assertEquals(List.of(), formulas, table::toString);
				tables++;
			}
			assertTrue(tables > 5);
			assertTrue(files(out, ".csv").stream().anyMatch(table -> contains(table, "'=HYPERLINK")),
					"the texts are there");
			for (Path card : files(out, ".vcf")) {
				assertFalse(contains(card, "\nFN:injected"), card::toString);
			}
			for (Path calendar : files(out, ".ics")) {
				assertFalse(contains(calendar, "\nSUMMARY:injected"), calendar::toString);
			}
			for (Path file : files(out, "")) {
				assertFalse(contains(file, hostName()), () -> file + " is of this computer");
			}
		}
	}

	/** Pages that exporters write; an attachment is whatever a stranger sent. */
	private static boolean isOurPage(Path file) {
		return file.toString().endsWith(".html") && !file.getFileName().toString().contains("escaped")
				&& !file.getFileName().toString().contains("alert(5)");
	}

	private static boolean contains(Path file, String text) {
		try {
			return !text.isEmpty() && new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text);
		} catch (IOException e) {
			throw new AssertionError(file.toString(), e);
		}
	}

	/** What the file says that hostile attachments name; nothing where there is none. */
	private static String hostName() throws IOException {
		Path file = Path.of("/etc/hostname");
		String name = Files.isReadable(file) ? Files.readString(file).strip() : "";
		return name.length() < 6 ? "" : name;
	}

	/** Cuts a file off or turns some of its bits. */
	private static byte[] mutated(byte[] content, Random random) {
		if (content.length == 0) {
			return content;
		}
		if (random.nextInt(4) == 0) {
			return Arrays.copyOf(content, random.nextInt(content.length));
		}
		byte[] mutated = content.clone();
		// The first bytes seldom: what does not begin as a database is no test of what reads one.
		int from = random.nextInt(8) == 0 ? 0 : Math.min(100, content.length - 1);
		for (int i = 1 + random.nextInt(1 + content.length / 512); i > 0; i--) {
			mutated[from + random.nextInt(content.length - from)] ^= (byte) (1 << random.nextInt(8));
		}
		return mutated;
	}

	/** Damages what lies within rows of sound databases: typed streams, archives, lists and protobufs. */
	private void damageBlobs(Lab lab, Random random) throws Exception {
		for (List<String> file : FILES) {
			if (!file.getLast().endsWith(".plist") && read(lab, file.getFirst(), file.getLast()).length > 0) {
				edit(lab, file.getFirst(), file.getLast(), db -> damageBlobs(db, random));
			}
		}
	}

	private static void damageBlobs(Connection db, Random random) throws SQLException {
		List<String> tables = new ArrayList<>();
		try (var rows = db.createStatement().executeQuery(
				"SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'")) {
			while (rows.next()) {
				tables.add(rows.getString(1));
			}
		}
		for (String table : tables) {
			List<String> columns = new ArrayList<>();
			try (var rows = db.createStatement().executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
				while (rows.next()) {
					columns.add(rows.getString(1));
				}
			}
			for (String column : columns) {
				List<Object[]> changes = new ArrayList<>();
				try (var rows = db.createStatement().executeQuery("SELECT rowid, \"" + column + "\" FROM \"" + table
						+ "\" WHERE typeof(\"" + column + "\") = 'blob' LIMIT 200")) {
					while (rows.next()) {
						changes.add(new Object[] { mutated(rows.getBytes(2), random), Long.valueOf(rows.getLong(1)) });
					}
				}
				for (Object[] change : changes) {
					update(db, "UPDATE OR IGNORE \"" + table + "\" SET \"" + column + "\" = ? WHERE rowid = ?", change);
				}
			}
		}
	}

	/** Only an encrypted backup has all that there is to be damaged. */
	private static OpenedBackup open(Lab lab, KeptBackup kept) throws IOException {
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			return lab.keepsake.openData(kept, password, lab.monitor);
		}
	}

	/** Reads, exports, proves and searches a backup: whatever is damaged, all of it comes to an end, as problems. */
	private void assertBears(Lab lab, String what) throws IOException {
		KeptBackup kept = lab.backup(0, 0).backup();
		Path out = folder.resolve("out-" + what);
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			Proof proof = lab.keepsake.prove(kept, ProofLevel.CONTENT, password, lab.monitor);
			assertTrue(proof.files() > 0, what);
		}
		try (OpenedBackup backup = open(lab, kept)) {
			assertFalse(backup.dataSets().isEmpty());
			for (DataSet dataSet : backup.dataSets()) {
				for (String remark : backup.survey(dataSet, lab.monitor).remarks()) {
					assertFalse(remark.contains("Exception") || remark.contains("\tat "), () -> what + ": " + remark);
				}
			}
			for (String failed : exportAll(lab, backup, DAMAGED_FORMATS, out)) {
				assertFalse(failed.endsWith("engine.dataset-failed"), () -> what + ": a fault of ours, " + failed);
			}
			assertTrue(backup.dataSets().stream().anyMatch(set -> isThere(lab, backup, set)), what);
			backup.search(new SearchRequest("a", null, 3), lab.monitor);
			lab.keepsake.report(backup, ReportFormat.HTML, out.resolve("report"), lab.monitor);
			lab.keepsake.report(backup, ReportFormat.PDF, out.resolve("report"), lab.monitor);
		}
		for (Path page : files(out, ".html")) {
			if (isOurPage(page)) {
				assertInert(page);
			}
		}
	}

	private static boolean isThere(Lab lab, OpenedBackup backup, DataSet dataSet) {
		try {
			return backup.survey(dataSet, lab.monitor).presence() == Presence.PRESENT;
		} catch (IOException e) {
			throw new AssertionError(dataSet.id(), e);
		}
	}

	@Test
	void damagedDatabasesAndListsEndInProblemsOrPartialResults() throws Exception {
		long seed = Long.getLong("keepsake.seed", System.nanoTime()).longValue();
		System.out.println("keepsake.seed=" + seed);
		Random random = new Random(seed);
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 22, false))) {
			List<byte[]> sound = new ArrayList<>();
			for (List<String> file : FILES) {
				sound.add(read(lab, file.getFirst(), file.getLast()));
			}
			assertTrue(sound.stream().filter(content -> content.length > 0).count() > 10, "the device has them");
			lab.encrypt(0);
			for (int round = 0; round < 2; round++) {
				for (int i = 0; i < FILES.size(); i++) {
					if (sound.get(i).length > 0) {
						lab.put(0, FILES.get(i).getFirst(), FILES.get(i).getLast(), mutated(sound.get(i), random));
					}
				}
				assertBears(lab, "round-" + round + "-of-" + seed);
			}
			for (int i = 0; i < FILES.size(); i++) {
				if (sound.get(i).length > 0) {
					lab.put(0, FILES.get(i).getFirst(), FILES.get(i).getLast(), sound.get(i));
				}
			}
			damageBlobs(lab, random);
			assertBears(lab, "blobs-of-" + seed);
		}
	}
}
