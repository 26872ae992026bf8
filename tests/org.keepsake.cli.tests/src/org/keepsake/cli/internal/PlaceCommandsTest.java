// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Capacity;
import org.keepsake.engine.Targets;
import org.keepsake.repository.StoreTrial.Action;
import org.keepsake.repository.StoreTrial.Attempt;
import org.keepsake.repository.StoreTrial.Outcome;
import org.keepsake.repository.StoreTrial;

/** Targets that are repositories, what opens them, and what comes and goes between them and folders. */
class PlaceCommandsTest extends CommandTest {

	private static final String PLACE = "restic:/repo";
	private static final String KEY = PLACE + " repository-password";

	private void assertErr(String... parts) {
		for (String part : parts) {
			assertTrue(terminal.errText().contains(part), () -> part + " is not in:\n" + terminal.errText());
		}
	}

	private void assertOutHas(String... parts) {
		for (String part : parts) {
			assertTrue(terminal.outText().contains(part), () -> part + " is not in:\n" + terminal.outText());
		}
	}

	// Targets

	@Test
	void targetsHaveSettings() {
		assertOut(0, "Added nas: restic:/repo.\n", "targets", "add", "nas", PLACE, "--set", "quota=50GB", "--set",
				"append-only=true");
		assertErr("If there is no repository yet: keepsake repo init nas");
		assertEquals(Map.of("quota", "50GB", "append-only", "true"), engine.entries.getFirst().settings());
		assertEquals(0, run("targets", "list"));
		assertOutHas("NAME  DEFAULT  LOCATION      SETTINGS", "append-only=true quota=50GB");
		assertEquals(0, run("targets", "list", "--json"));
		assertOutHas("\"settings\":{\"append-only\":\"true\",\"quota\":\"50GB\"}");
	}

	@Test
	void settingsAreChanged() {
		engine.entries.add(new Targets.Entry("nas", PLACE, false, Map.of("quota", "1GB")));
		assertOut(0, "nas now has these settings:\n  limit.upload=2M\n", "targets", "set", "nas", "quota=",
				"limit.upload=2M");
		assertEquals(Map.of("limit.upload", "2M"), engine.entries.getFirst().settings());
	}

	@Test
	void aSettingThatThePlaceDoesNotHaveIsRefused() {
		engine.entries.add(new Targets.Entry("nas", PLACE, false, Map.of("quota", "1GB")));
		assertOut(1, "", "targets", "set", "nas", "qouta=2GB");
		assertErr("engine.setting-unknown", "This place has no setting qouta");
		assertEquals(Map.of("quota", "1GB"), engine.entries.getFirst().settings());
	}

	@Test
	void settingsAreListedIfNoneIsNamed() {
		engine.entries.add(new Targets.Entry("nas", PLACE, false, Map.of("quota", "1GB")));
		assertOut(0, "KEY           VALUE  WHAT IT IS\nquota         1GB    Store no more than\n"
				+ "limit.upload         Upload no faster than\n", "targets", "set", "nas");
		assertEquals(0, run("targets", "set", "nas", "--json"));
		assertOutHas("{\"key\":\"quota\",\"title\":\"Store no more than\",\"help\":\"A limit.\",\"value\":\"1GB\"}",
				"\"value\":null");
		assertFalse(terminal.outText().contains("Password"), "secrets are no settings");
	}

	@Test
	void secretsAreNoSettings() {
		engine.entries.add(new Targets.Entry("nas", PLACE, false));
		assertOut(1, "", "targets", "set", "nas", "password=geheim");
		assertOut(1, "", "targets", "add", "b", PLACE, "--set", "secret-key=geheim");
		assertErr("cli.secret-as-setting", "keepsake targets login NAME");
		assertFalse(terminal.errText().contains("geheim"));
		assertEquals(1, engine.entries.size());
	}

	@Test
	void aPasswordInALocationIsNotAdded() {
		assertOut(1, "", "targets", "add", "nas", "smb://anna:geheim@nas/share");
		assertErr("cli.password-in-location", "Write smb://anna@nas/share");
		assertFalse(terminal.errText().contains("geheim"));
		assertTrue(engine.entries.isEmpty());
	}

	@Test
	void addingMakesARepositoryIfWanted() throws IOException {
		engine.places.store("nas");
		Path file = Files.writeString(home.resolve("password"), "sesame\n");
		assertEquals(0, run("targets", "add", "nas", PLACE, "--init", "--repository-password-file", file.toString()));
		assertOutHas("Added nas: restic:/repo.", "Made a repository there.");
		assertTrue(engine.places.store("nas").blobs.containsKey("config"));
	}

	@Test
	void whatCannotBePreparedIsNotAdded() {
		engine.places.store("nas");
		terminal.answering("one", "two");
		assertOut(1, "", "targets", "add", "nas", PLACE, "--init");
		assertTrue(engine.entries.isEmpty());
	}

	@Test
	void aFolderNeedsNoRepository() {
		assertOut(2, "", "targets", "add", "disk", "/media/disk", "--init");
		assertErr("A repository in it: restic:/media/disk");
		assertTrue(engine.entries.isEmpty());
	}

	// Checks

	private static StoreTrial trial(boolean appendOnly, Outcome overwrite, Outcome delete) {
		return new StoreTrial("memory:" + PLACE, appendOnly, List.of(new Attempt(Action.WRITE, Outcome.DONE, false),
				new Attempt(Action.READ, Outcome.DONE, false), new Attempt(Action.LIST, Outcome.DONE, false),
				new Attempt(Action.OVERWRITE, overwrite, true), new Attempt(Action.DELETE, delete, true)),
				delete == Outcome.DONE ? List.of() : List.of("data/abc"), 4_000_000, 20_000_000, 40_000_000);
	}

	@Test
	void aStoreIsTried() {
		engine.places.trial = trial(false, Outcome.UNKNOWN, Outcome.DONE);
		assertOut(0, """
				Backups can be kept in memory:restic:/repo.
				  Write     4 MB written, 20 MB a second
				  Read      4 MB read back, the same; 40 MB a second
				  List      found in the list
				  Delete    removed again
				  Room      12 GB free
				  There is  no repository yet: keepsake repo init restic:/repo
				""", "targets", "check", PLACE);
		assertEquals(List.of(PLACE), engine.places.tried);
	}

	private void quota(long left) throws IOException {
		engine.entries.add(new Targets.Entry("nas", PLACE, false, Map.of("quota", "50GB")));
		engine.target = (BackupTarget) Proxy.newProxyInstance(BackupTarget.class.getClassLoader(),
				new Class<?>[] { BackupTarget.class },
				(proxy, method, arguments) -> method.getName().equals("capacity")
						? new Capacity(left, Long.valueOf(50_000_000_000L))
						: null);
		engine.places.make(PLACE, "sesame").close();
		engine.places.remembered.put(KEY, "sesame");
		engine.places.trial = trial(false, Outcome.UNKNOWN, Outcome.DONE);
	}

	@Test
	void whatIsLeftOfAQuotaIsTold() throws IOException {
		quota(3_000_000_000L);
		assertEquals(0, run("targets", "check", PLACE));
		assertOutHas("Room      3 GB left of the quota of 50 GB");
		assertEquals(0, run("targets", "check", PLACE, "--json"));
		assertOutHas("\"freeBytes\":3000000000,\"totalBytes\":50000000000");
	}

	@Test
	void theDiskIsToldWhereItHasLessThanTheQuota() throws IOException {
		quota(12_000_000_000L);
		assertEquals(0, run("targets", "check", PLACE));
		assertOutHas("Room      12 GB free; less than what is left of the quota of 50 GB");
	}

	@Test
	void aRepositoryThereIsOpened() throws IOException {
		engine.places.make(PLACE, "sesame").close();
		engine.places.remembered.put(KEY, "sesame");
		engine.places.trial = trial(false, Outcome.UNKNOWN, Outcome.DONE);
		assertEquals(0, run("targets", "check", PLACE));
		assertOutHas("There is  a repository that opens with its password, with 0 snapshots");
	}

	@Test
	void anAttackThatSucceedsOnAnAppendOnlyStoreIsAProblem() {
		engine.places.trial = trial(true, Outcome.REFUSED, Outcome.DONE);
		assertEquals(1, run("targets", "check", PLACE, "--attack"));
		assertEquals(List.of(PLACE + " attack"), engine.places.tried);
		assertOutHas("    overwrite it without asking                   refused",
				"    delete it                                     possible");
		assertErr("declared append-only, yet a file could be deleted", "cli.not-append-only",
				"this was possible: to delete a");
		assertEquals(1, run("targets", "check", PLACE, "--attack", "--json"));
		assertOutHas("\"event\":\"failed\"", "\"dangers\":[\"delete\"]");
	}

	@Test
	void anAttackThatFailsIsWellAndSaysWhatStays() {
		engine.places.trial = trial(true, Outcome.REFUSED, Outcome.REFUSED);
		assertEquals(0, run("targets", "check", PLACE, "--attack"));
		assertOutHas("refused, as it should be");
		assertErr("could not be removed and stays: data/abc");
	}

	@Test
	void whatASuccessfulAttackMeansElsewhereIsSaid() {
		engine.places.trial = trial(false, Outcome.DONE, Outcome.DONE);
		assertEquals(0, run("targets", "check", PLACE, "--attack"));
		assertErr("could destroy the backups");
		assertEquals(0, run("targets", "check", PLACE, "--attack", "--json"));
		assertOutHas("\"attempts\":[{\"action\":\"write\",\"outcome\":\"done\"}",
				"\"dangers\":[\"overwrite\",\"delete\"]",
				"\"repository\":false");
	}

	@Test
	void aStoreThatRefusesToDeleteWithoutADeclarationIsTold() {
		engine.places.trial = trial(false, Outcome.UNKNOWN, Outcome.REFUSED);
		assertEquals(0, run("targets", "check", PLACE));
		assertErr("keepsake targets set " + PLACE + " append-only=true");
	}

	@Test
	void aFolderIsNotAttacked() {
		assertOut(2, "", "targets", "check", "/media/disk", "--attack");
	}

	@Test
	void aStoreThatIsNotThereIsAProblem() {
		assertOut(1, "", "targets", "check", PLACE);
		assertErr("storage.unreachable");
	}

	// Secrets

	@Test
	void whatIsRightIsRemembered() throws IOException {
		engine.places.make(PLACE, "sesame").close();
		terminal.answering("wrong", "sesame");
		assertEquals(0, run("targets", "login", PLACE), terminal::errText);
		assertEquals("sesame", engine.places.remembered.get(KEY));
		assertErr("Try again.");
		assertEquals(0, run("targets", "logout", PLACE));
		assertNull(engine.places.remembered.get(KEY));
	}

	@Test
	void whatIsWrongIsNotRemembered() throws IOException {
		engine.places.make(PLACE, "sesame").close();
		terminal.answering("a", "b", "c", "d");
		assertEquals(1, run("targets", "login", PLACE));
		assertEquals(3, terminal.questions.size());
		assertTrue(engine.places.remembered.isEmpty());
	}

	@Test
	void aLoginWithNobodyThereNamesTheWays() {
		assertOut(1, "", "targets", "login", PLACE, "--purpose", "password");
		assertErr("--secret-file FILE", "KEEPSAKE_STORAGE_PASSWORD");
	}

	@Test
	void theRepositorysPasswordInAFileServesAllCommandsThatOpenBackups() throws IOException {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", false));
		Path file = Files.writeString(home.resolve("password"), "sesame\n");
		for (List<String> command : List.of(List.of("snapshots"), List.of("verify", "latest"),
				List.of("files", "latest"),
				List.of("delete", "latest", "--yes"), List.of("backup", "--to", PLACE))) {
			engine.places.given.clear();
			List<String> arguments = new ArrayList<>(command);
			arguments.addAll(List.of("--repository-password-file", file.toString()));
			if (!command.getFirst().equals("backup")) {
				arguments.addAll(List.of("--target", PLACE));
			}
			assertEquals(0, run(arguments.toArray(String[]::new)), terminal::errText);
			assertEquals(Map.of(KEY, "sesame"), engine.places.given, command.getFirst());
		}
	}

	// Folders

	@Test
	void backupsAreImported() {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", false));
		assertEquals(0, run("import", "/backups", "--to", PLACE));
		assertEquals("import /backups to " + PLACE, engine.asked.getFirst());
		assertOutHas("Imported Anna's iPhone, iOS 18.5", "One backup imported.");
		assertErr("keepsake snapshots --target " + PLACE);
		assertEquals(1, run("import", "/backups", "--to", "/folder"));
		assertErr("cli.not-a-repository");
	}

	@Test
	void backupsAreExported() {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", true));
		assertEquals(0, run("export", "latest", "/out"));
		assertOutHas("Exported Anna's iPhone", "to /out/" + FakeEngine.PHONE.value() + ": 1,234 files, 1.5 GB.");
		assertEquals(0, run("export", "latest", "/out", "--json"));
		assertOutHas("\"event\":\"finished\",\"snapshot\":\"0123456789abcdef\",\"folder\":\"/out/");
	}
}
