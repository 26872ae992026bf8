// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.TabFolder;
import org.eclipse.swt.widgets.TabItem;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.ui.internal.dialog.PlaceDialogs;
import org.keepsake.ui.internal.dialog.PlaceQuestions;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.ui.internal.place.PlaceForm;
import org.keepsake.ui.internal.place.PlaceKind;
import org.keepsake.ui.internal.place.Quietly;
import org.keepsake.virtual.VirtualOptions.Trust;

/** The dialogs about places for backups and the questions for their passwords, as a person uses them. */
class PlacesWindowTest {

	@TempDir
	Path folder;
	private Stand stand;
	private Window window;

	@BeforeEach
	void open() throws Exception {
		stand = new Stand(folder, Trust.AUTO);
		window = new Window(stand);
	}

	@AfterEach
	void close() {
		window.close();
		stand.close();
	}

	private static List<Text> fields(Window dialog) {
		return dialog.all(Text.class).stream().filter(Control::isVisible).toList();
	}

	private static void choose(Combo combo, int index) {
		combo.select(index);
		combo.notifyListeners(SWT.Selection, null);
	}

	private CompletableFuture<Optional<PlaceSecrets.Answer>> ask(PlaceQuestions questions, String purpose,
			boolean again) {
		CompletableFuture<Optional<PlaceSecrets.Answer>> told = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> {
			try {
				told.complete(questions.ask("restic:/vault", purpose, again));
			} catch (Exception e) {
				told.completeExceptionally(e);
			}
		});
		return told;
	}

	private PlaceQuestions questions() {
		return new PlaceQuestions(stand.keepsake, window.get(UISynchronize.class));
	}

	@Test
	void passwordIsAskedForWithTheNameOfThePlace() throws Exception {
		stand.keepsake.targets().add("vault", "restic:/vault", false);
		window.script(Messages.place_password_title, dialog -> {
			assertTrue(dialog.shows(Messages.place_password_why.formatted("vault (restic:/vault)")));
			assertTrue(dialog.shows(Messages.place_password_wrong));
			assertFalse(dialog.canPressDefault());
			fields(dialog).getFirst().setText("secret");
			dialog.pressDefault();
		});
		var answer = ask(questions(), TargetFactory.REPOSITORY_PASSWORD, true);
		window.finished();
		window.await("it is answered", answer::isDone);
		try (var secret = answer.get().orElseThrow().secret()) {
			assertEquals("secret", new String(secret.revealCharacters()));
		}
		assertFalse(answer.get().orElseThrow().remember());
	}

	@Test
	void serverMayTakeSomethingElseThanAPassword() throws Exception {
		window.script(Messages.place_password_title, dialog -> {
			assertFalse(dialog.shows(Messages.place_password_wrong));
			dialog.pressDefault();
		});
		var answer = ask(questions(), "password", false);
		window.finished();
		window.await("it is answered", answer::isDone);
		assertEquals(Optional.empty(), answer.get());
	}

	@Test
	void whoDoesNotWantToAnswerCancels() {
		window.script(Messages.place_password_title, dialog -> dialog.press(Messages.button_cancel));
		var answer = ask(questions(), TargetFactory.REPOSITORY_PASSWORD, false);
		window.finished();
		window.await("it is answered", answer::isDone);
		assertInstanceOf(CancelledException.class, answer.exceptionNow());
	}

	@Test
	void nobodyIsAskedWhenTheWindowClosesNorQuietly() throws Exception {
		PlaceQuestions questions = questions();
		window.script(Messages.place_password_title, dialog -> questions.close());
		var answer = ask(questions, TargetFactory.REPOSITORY_PASSWORD, false);
		window.finished();
		window.await("who waits goes on", answer::isDone);
		assertInstanceOf(CancelledException.class, answer.exceptionNow());
		window.await("the question is gone", () -> !window.hasDialog(Messages.place_password_title));
		var late = ask(questions, TargetFactory.REPOSITORY_PASSWORD, false);
		window.await("nobody is asked", late::isDone);
		assertInstanceOf(CancelledException.class, late.exceptionNow());
		assertEquals(Optional.empty(),
				Quietly.run(() -> questions().ask("restic:/vault", TargetFactory.REPOSITORY_PASSWORD, false)));
	}

	@Test
	void repositoryIsMadeCheckedAndRemoved() throws Exception {
		window.script(Messages.places_title, dialog -> {
			Table list = dialog.tables().getFirst();
			assertEquals(Messages.place_default_name.formatted("shelf"), list.getItem(0).getText(0));
			dialog.script(Messages.place_add_title, this::addVault);
			dialog.press(Messages.places_add);
			dialog.finished();
			dialog.await("it was checked", () -> dialog.shows(
					Messages.places_check_good.formatted("vault") + "\n• A small file was written and read."));
			assertEquals("vault", list.getItem(1).getText(0));
			assertEquals(PlaceKind.REPOSITORY.brief(), list.getItem(1).getText(1));
			dialog.await("its room is shown", () -> list.getItem(1).getText(3)
					.equals(Messages.place_room_of.formatted("5 GB", "50 GB")));
			dialog.press(Messages.places_make_default);
			dialog.await("it is the default",
					() -> list.getItem(1).getText(0).equals(Messages.place_default_name.formatted("vault")));
			dialog.await("it can be removed", () -> dialog.canPress(Messages.places_remove));
			dialog.script(Messages.places_remove_title, Window::pressDefault);
			dialog.press(Messages.places_remove);
			dialog.finished();
			dialog.await("it is gone", () -> list.getItemCount() == 1);
			dialog.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
		assertTrue(stand.vaults.memory.content("restic:" + folder.resolve("repo")).containsKey("config"),
				"what is there stays");
	}

	private static void open(Window list, String title, Consumer<Window> person) {
		list.await("settings can be opened", () -> list.canPress(Messages.places_settings));
		list.script(title, person);
		list.press(Messages.places_settings);
		list.finished();
	}

	@Test
	void settingsAreShownChangedAndRefusedWithAReason() throws Exception {
		String place = "restic:" + folder.resolve("repo");
		stand.keepsake.targets().add("vault", place, Map.of("quota", "50GB", "prune", "never"), true);
		stand.places.reload();
		window.script(Messages.places_title, list -> {
			open(list, Messages.settings_title.formatted("vault"), this::changeSettings);
			list.await("it is told", () -> list.shows(Messages.settings_saved.formatted("vault")));
			assertEquals(Map.of("quota", "60GB", "append-only", "true"),
					stand.places.chosen().orElseThrow().entry().settings());
			open(list, Messages.settings_title.formatted("vault"), dialog -> {
				assertEquals("60GB", fields(dialog).getFirst().getText());
				dialog.press(Messages.button_cancel);
			});
			list.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
	}

	private void changeSettings(Window dialog) {
		assertTrue(dialog.shows("What the prune does."));
		Text quota = fields(dialog).getFirst();
		assertEquals("50GB", quota.getText());
		Combo prune = dialog.all(Combo.class).getFirst();
		assertEquals("Never", prune.getText());
		Button appendOnly = dialog.button("The append-only");
		assertFalse(appendOnly.getSelection());
		quota.setText("much");
		choose(prune, 0);
		appendOnly.setSelection(true);
		appendOnly.notifyListeners(SWT.Selection, null);
		dialog.pressDefault();
		dialog.await("it is refused", () -> dialog.canPressDefault());
		assertEquals(Map.of("quota", "50GB", "prune", "never"), stand.places.chosen().orElseThrow().entry().settings());
		quota.setText(" 60GB ");
		dialog.pressDefault();
	}

	@Test
	void passwordOfAPlaceIsTriedBeforeItIsRememberedAndCanBeForgotten() throws Exception {
		String place = "restic:" + folder.resolve("repo");
		PlaceForm.Wanted wanted = new PlaceForm.Wanted("vault", PlaceKind.REPOSITORY, place, Map.of(), true, true);
		try (Secret secret = Secret.of("secret")) {
			stand.places.add(wanted, secret, false, JobMonitor.NONE);
		}
		PlaceSecrets secrets = stand.keepsake.secrets();
		window.script(Messages.places_title, list -> {
			open(list, Messages.settings_title.formatted("vault"), this::tryPasswords);
			list.await("it is told", () -> list.shows(Messages.settings_saved.formatted("vault")));
			list.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
		assertTrue(secrets.remembers("vault", TargetFactory.REPOSITORY_PASSWORD));
		window.script(Messages.places_title, list -> {
			open(list, Messages.settings_title.formatted("vault"), dialog -> {
				showPage(dialog, Messages.settings_passwords);
				assertEquals(Messages.settings_remembered, fields(dialog).getFirst().getMessage());
				dialog.press(Messages.settings_forget);
				dialog.await("it is told", () -> dialog.shows(Messages.settings_forgotten));
				assertEquals(Messages.settings_not_remembered, fields(dialog).getFirst().getMessage());
				dialog.press(Messages.button_cancel);
			});
			list.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
		assertFalse(secrets.remembers("vault", TargetFactory.REPOSITORY_PASSWORD));
	}

	private static void showPage(Window dialog, String title) {
		TabFolder tabs = dialog.all(TabFolder.class).getFirst();
		tabs.setSelection(Arrays.stream(tabs.getItems()).map(TabItem::getText).toList().indexOf(title));
	}

	private void tryPasswords(Window dialog) {
		showPage(dialog, Messages.settings_passwords);
		Text password = fields(dialog).getFirst();
		assertTrue((password.getStyle() & SWT.PASSWORD) != 0, "nobody reads it over a shoulder");
		assertEquals(Messages.settings_not_remembered, password.getMessage());
		password.setText("secreT");
		dialog.pressDefault();
		dialog.await("it is wrong", dialog::canPressDefault);
		assertTrue(dialog.shows(RepositoryProblems.WRONG_PASSWORD.problem("restic:" + folder.resolve("repo")).title()));
		password.setText("secret");
		dialog.pressDefault();
	}

	@Test
	void folderHasNothingToSetAndSaysSo() {
		window.script(Messages.places_title, list -> {
			open(list, Messages.settings_title.formatted("shelf"), dialog -> {
				assertTrue(dialog.shows(Messages.settings_none));
				dialog.press(Messages.places_close);
			});
			list.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
	}

	private void addVault(Window dialog) {
		choose(dialog.all(Combo.class).getFirst(), PlaceKind.REPOSITORY.ordinal());
		List<Text> fields = fields(dialog);
		assertEquals(5, fields.size(), "name, folder, password twice, quota");
		fields.get(0).setText("shelf");
		fields.get(1).setText(folder.resolve("repo").toString());
		assertTrue(dialog.shows("restic:" + folder.resolve("repo")));
		assertTrue(dialog.shows(Messages.place_password_warning));
		fields.get(2).setText("secret");
		fields.get(3).setText("secreT");
		assertTrue(dialog.shows(Messages.encryption_mismatch));
		assertFalse(dialog.canPressDefault());
		fields.get(3).setText("secret");
		dialog.pressDefault();
		dialog.await("the name is taken", () -> dialog.canPressDefault());
		assertEquals(1, stand.places.places().size());
		fields.get(0).setText("vault");
		dialog.pressDefault();
	}

	@Test
	void backupGoesWhereItIsChosenToAndIsDeletedFromTheStorage() throws Exception {
		assertTrue(window.all(Combo.class).stream().noneMatch(Control::isVisible), "nothing to choose from");
		stand.keepsake.targets().add("disk", folder.resolve("disk").toString(), false);
		stand.places.reload();
		stand.paired();
		window.await("a backup can be made", () -> window.canPress(Messages.device_back_up));
		window.settle();
		Combo places = window.all(Combo.class).stream().filter(Control::isVisible).findFirst().orElseThrow();
		assertEquals(Messages.place_default_name.formatted("shelf"), places.getText());
		choose(places, 0);
		assertEquals("disk", places.getText());
		window.await("the page says so", () -> window.shows(folder.resolve("disk").toString()));
		window.press(Messages.device_back_up);
		RunningJob job = stand.jobs.jobOf(stand.udid()).orElseThrow();
		window.await("the job ends", () -> !job.isActive());
		assertEquals(State.DONE, job.state(), () -> "" + job.problem());
		assertEquals(List.of("disk"),
				stand.keepsake.snapshots(null, null).stream().map(each -> each.target()).toList());
		window.script(Messages.places_title, dialog -> {
			dialog.tables().getFirst().select(0);
			dialog.tables().getFirst().notifyListeners(SWT.Selection, null);
			dialog.script(Messages.storage_title.formatted("disk"), this::deleteAll);
			dialog.press(Messages.places_storage);
			dialog.finished();
			dialog.press(Messages.places_close);
		});
		window.make(PlaceDialogs.class).places();
		window.finished();
		assertEquals(List.of(), stand.keepsake.snapshots(null, null));
	}

	private void deleteAll(Window dialog) {
		Table versions = dialog.tables().getFirst();
		dialog.await("the versions are listed", () -> versions.getItemCount() == 1);
		assertTrue(dialog.shows(Messages.storage_unknown));
		assertEquals("–", versions.getItem(0).getText(3));
		versions.select(0);
		versions.notifyListeners(SWT.Selection, null);
		dialog.script(Messages.delete_title, Window::pressDefault);
		dialog.press(Messages.backups_delete);
		dialog.finished();
		dialog.await("it is deleted", () -> dialog.shows(Messages.storage_nothing));
		dialog.press(Messages.places_close);
	}
}
