// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.Comparison.Change;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.ExportWish;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.ReportFormat;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.SampleData;
import org.keepsake.ui.internal.Stand;
import org.keepsake.ui.internal.inside.CompareModel.Chosen;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions.Trust;

/** What is in backups of a virtual iPhone, with the real engine, without a window. */
class InsideModelTest {

	@TempDir
	static Path folder;
	private static Stand stand;
	/** In clear, of the device as it was at first. */
	private static KeptBackup plain;
	/** With the password {@code right}, of the device with other files. */
	private static KeptBackup encrypted;
	private Insides insides;

	@BeforeAll
	static void backUp() throws Exception {
		stand = new Stand(folder, Trust.AUTO);
		stand.keepsake.targets().add("safe", folder.resolve("safe").toString(), false);
		stand.paired();
		plain = backUp("shelf");
		changePhone();
		try (Secret password = Secret.of("right")) {
			stand.keepsake.changeBackupPassword(stand.udid(), null, password, JobMonitor.NONE);
		}
		encrypted = backUp("safe");
	}

	private static KeptBackup backUp(String target) throws Exception {
		stand.keepsake.backup(new BackupRequest(stand.udid(), target, false, 0), JobMonitor.NONE);
		return stand.keepsake.snapshots(target, stand.udid()).getFirst();
	}

	@AfterAll
	static void end() {
		stand.close();
	}

	@BeforeEach
	void begin() throws Exception {
		stand.passwords.clear();
		stand.keepsake.passwords().forget(stand.udid());
		insides = new Insides(stand.keepsake, stand.jobs, stand.unlocking);
	}

	@AfterEach
	void close() {
		insides.close();
	}

	private InsideModel inside(KeptBackup kept) {
		InsideModel model = insides.open(kept);
		RunningJob job = model.opening();
		assertNotNull(job);
		Stand.await("opening has ended", () -> !job.isActive());
		return model;
	}

	private static Survey survey(InsideModel model, String title) {
		Survey found = model.items().stream().filter(item -> item.dataSet().title().equals(title))
				.map(InsideModel.Item::survey).findFirst().orElseThrow();
		assertNotNull(found);
		return found;
	}

	private static void counted(InsideModel model) {
		Stand.await("all is counted", () -> !model.items().isEmpty()
				&& model.items().stream().allMatch(item -> item.survey() != null));
	}

	private static RunningJob work(InsideModel model) {
		RunningJob job = model.work();
		assertNotNull(job);
		Stand.await("the work ends", () -> !job.isActive());
		assertEquals(State.DONE, job.state(), () -> "" + job.problem());
		return job;
	}

	@Test
	void dataSetsAreCountedAndTheFirstIsShown() throws Exception {
		InsideModel model = inside(plain);
		assertTrue(model.isOpen());
		counted(model);
		assertEquals(Presence.PRESENT, survey(model, "Letters").presence());
		assertEquals(List.of("Only in encrypted backups."), survey(model, "Health").remarks());
		assertEquals(Presence.UNREADABLE, survey(model, "Notes").presence());
		assertTrue(model.chosen().isPresent(), "something is shown without being asked for");
		model.choose("letters");
		RecordsModel records = model.records().orElseThrow();
		Stand.await("the letters are read", () -> records.view().count() == SampleData.LETTERS);
		model.choose("health");
		assertTrue(model.records().isEmpty(), "what is not there has no records");
		model.choose("notes");
		RecordsModel broken = model.records().orElseThrow();
		Stand.await("why they cannot be read is told", () -> broken.view().problem() != null);
	}

	@Test
	void theSameBackupIsOpenOnceAndClosedForGood() throws Exception {
		KeptBackup kept = plain;
		InsideModel model = inside(kept);
		assertEquals(model, insides.open(kept));
		insides.close(model);
		assertFalse(model.isOpen());
		model.open();
		assertFalse(model.isOpen());
		InsideModel again = inside(kept);
		assertTrue(again != model && again.isOpen());
	}

	@Test
	void aWrongPasswordIsAskedForAgain() throws Exception {
		stand.passwords.addAll(List.of("wrong", "right"));
		InsideModel model = inside(encrypted);
		assertTrue(model.isOpen());
		assertTrue(stand.passwords.isEmpty(), "both were asked for");
	}

	@Test
	void aRememberedPasswordIsNotAskedFor() throws Exception {
		KeptBackup kept = encrypted;
		try (Secret password = Secret.of("right")) {
			stand.keepsake.passwords().remember(stand.udid(), password);
		}
		assertTrue(inside(kept).isOpen());
		try (Secret old = Secret.of("changed since")) {
			stand.keepsake.passwords().remember(stand.udid(), old);
		}
		insides.close(insides.open(kept));
		stand.passwords.add("right");
		assertTrue(inside(kept).isOpen(), "one that is remembered and wrong is asked for");
	}

	@Test
	void whoGivesNoPasswordCancelsAndCanTryAgain() throws Exception {
		InsideModel model = inside(encrypted);
		RunningJob job = model.opening();
		assertTrue(job != null && job.state() == State.CANCELLED && job.again() != null);
		assertFalse(model.isOpen());
		stand.passwords.add("right");
		model.open();
		Stand.await("it opens", model::isOpen);
	}

	@Test
	void searchFindsAndShowsARecordInItsPlace() throws Exception {
		InsideModel model = inside(plain);
		counted(model);
		model.search().search("number 123");
		Stand.await("it was searched", () -> !model.search().view().busy());
		var result = model.search().view().result();
		assertTrue(result != null && result.matches() == 1, () -> "" + model.search().view());
		var group = result.groups().getFirst();
		assertEquals("letters", group.dataSet());
		model.show(group.dataSet(), group.hits().getFirst().key());
		assertFalse(model.search().view().isActive());
		RecordsModel records = model.records().orElseThrow();
		int[] found = { -1 };
		Stand.await("it is shown", () -> (found[0] = records.takeShown()) >= 0);
		assertEquals(123, found[0]);
	}

	@Test
	void recordsAreExportedWithPasswordsOnlyIfAskedFor() throws Exception {
		InsideModel model = inside(plain);
		OpenedBackup backup = model.opened();
		assertNotNull(backup);
		DataSet letters = backup.dataSet("letters");
		Path out = folder.resolve("out");
		model.exports().export(new ExportWish(letters, backup.exporter(letters, "lines"), Selection.ALL, Map.of()),
				out);
		RunningJob job = work(model);
		assertTrue(job.result().contains("300") && job.result().contains("2 files")
				&& job.result().contains("A remark."), job::result);
		assertEquals(out, model.exports().folder().orElseThrow());
		assertFalse(Files.readString(out.resolve("lines.txt")).contains("secret"));
		Selection readable = new Selection("number 5", null, null, true);
		model.exports().export(new ExportWish(letters, backup.exporter(letters, "lines"), readable, Map.of()), out);
		work(model);
		try (Stream<Path> files = Files.list(out)) {
			assertTrue(files.map(InsideModelTest::read).anyMatch(text -> text.contains("secret-5")));
		}
		model.dismiss();
		assertNull(model.work());
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		} catch (java.io.IOException e) {
			throw new java.io.UncheckedIOException(e);
		}
	}

	@Test
	void reportAndFilesAreWrittenWithoutAskingForThePasswordAgain() throws Exception {
		stand.passwords.add("right");
		InsideModel model = inside(encrypted);
		model.exports().report(ReportFormat.HTML, folder.resolve("report"));
		assertTrue(work(model).result().contains("report"));
		model.exports().extract(new FileFilter("CameraRollDomain", null), folder.resolve("files"));
		work(model);
		assertTrue(Files.isDirectory(folder.resolve("files/CameraRollDomain")));
		model.exports().extract(new FileFilter("NoSuchDomain", null), folder.resolve("none"));
		assertEquals(Messages.extract_nothing, work(model).result());
		assertTrue(model.exports().folder().isEmpty(), "there is no folder to open");
	}

	@Test
	void aProposedFolderIsMadeOfNamesThatAnySystemTakes() throws Exception {
		InsideModel model = inside(plain);
		Path proposal = model.exports().proposal("messages");
		assertTrue(proposal.isAbsolute());
		assertTrue(proposal.toString().contains("Ada Zoë 20"), proposal::toString);
		assertEquals("messages", proposal.getFileName().toString());
	}

	@Test
	void versionsAreComparedByRecordsAndFiles() throws Exception {
		stand.passwords.add("right");
		CompareModel model = insides.compare(plain, encrypted);
		Stand.await("they are compared", () -> model.comparison() != null);
		var comparison = model.comparison();
		assertNotNull(comparison);
		var files = comparison.dataSets().stream().filter(change -> change.dataSet().equals("files")).findFirst()
				.orElseThrow();
		assertTrue(files.added() >= 3 && files.removed() >= 1, files::toString);
		model.choose(new Chosen("files", true));
		Stand.await("the records are listed", () -> !model.listed().busy());
		assertEquals(files.added(), count(model, Change.ADDED));
		assertEquals(files.removed(), count(model, Change.REMOVED));
		assertTrue(model.listed().differences().stream().allMatch(difference -> difference.entry() != null));
		var domain = comparison.domains().stream().filter(change -> change.added().files() > 0).findFirst()
				.orElseThrow();
		model.choose(new Chosen(domain.domain(), false));
		Stand.await("the files are listed", () -> !model.listed().busy());
		assertEquals(domain.added().files(), count(model, Change.ADDED));
		assertEquals(domain.removed().files(), count(model, Change.REMOVED));
		model.close();
	}

	/** Three new files, and one that is gone. */
	private static void changePhone() throws Exception {
		try (VirtualFiles files = VirtualIPhones.openFiles(folder.resolve("phone"))) {
			List<VirtualFile> known = new ArrayList<>();
			files.forEach(file -> {
				if (file.kind() == VirtualFile.Kind.FILE && file.domain().equals("CameraRollDomain")
						&& file.path().startsWith("Media/DCIM/")) {
					known.add(file);
				}
			});
			VirtualFile like = known.getFirst();
			for (int i = 0; i < 3; i++) {
				files.generate(new VirtualFile(like.domain(), like.path() + i, like.kind(), like.mode(), like.uid(),
						like.gid(), 900_000L + i, like.modified(), like.changed(), like.born(), 100,
						like.protectionClass(), null, like.extendedAttributes()), i, 100);
			}
			VirtualFile gone = known.getLast();
			files.remove(gone.domain(), gone.path());
		}
	}

	private static long count(CompareModel model, Change change) {
		return model.listed().differences().stream().filter(difference -> difference.change() == change).count();
	}

	@Test
	void whatAProofFoundIsKept() throws Exception {
		KeptBackup kept = plain;
		assertEquals("–", stand.proofs.word(kept));
		RunningJob job = stand.actions.prove(kept, ProofLevel.CONTENT);
		Stand.await("it is proven", () -> !job.isActive());
		var problem = job.problem();
		assertTrue(problem != null && problem.code().equals("ui.content-damaged"), "the notes cannot be read");
		Stand.await("it is remembered", () -> stand.proofs.word(kept).equals(Messages.proof_damaged));
		assertEquals(1, stand.proofs.lastOf(kept).orElseThrow().damage().size());
		RunningJob files = stand.actions.verify(kept);
		Stand.await("it is verified", () -> !files.isActive());
		Stand.await("the last proof counts", () -> stand.proofs.word(kept).equals(Messages.proof_crypto));
	}
}
