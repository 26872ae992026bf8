// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.part.InsidePart;
import org.keepsake.virtual.VirtualOptions.Trust;

/** The page of what is in a backup, used as a person uses it. */
class InsidePageTest {

	@TempDir
	Path folder;
	private Stand stand;
	private Window window;

	@AfterEach
	void close() {
		if (window != null) {
			window.close();
		}
		if (stand != null) {
			stand.close();
		}
	}

	private KeptBackup backUp() throws Exception {
		stand.keepsake.backup(new BackupRequest(stand.udid(), null, false, 0), JobMonitor.NONE);
		return stand.keepsake.snapshots(null, stand.udid()).getFirst();
	}

	private InsideModel open(KeptBackup kept) {
		InsideModel model = window.insides().open(kept);
		window.add(InsidePart.class, model);
		return model;
	}

	private Table table(String column) {
		return window.tables().stream().filter(table -> Arrays.stream(table.getColumns())
				.anyMatch(one -> one.getText().equals(column))).findFirst().orElseThrow();
	}

	private Optional<Table> listWith(String dataSet) {
		return window.tables().stream().filter(table -> Arrays.stream(table.getItems())
				.anyMatch(item -> item.getText().startsWith(dataSet + '\n'))).findFirst();
	}

	private void choose(String dataSet) {
		window.await(dataSet + " are listed", () -> listWith(dataSet).isPresent());
		Table list = listWith(dataSet).orElseThrow();
		for (int i = 0; i < list.getItemCount(); i++) {
			if (list.getItem(i).getText().startsWith(dataSet + '\n')) {
				list.setSelection(i);
				list.notifyListeners(SWT.Selection, null);
			}
		}
	}

	private boolean details(String text) {
		return window.all(StyledText.class).stream().anyMatch(widget -> widget.getText().contains(text));
	}

	@Test
	void recordsAreListedChosenFilteredAndFound() throws Exception {
		stand = new Stand(folder, Trust.AUTO);
		stand.paired();
		window = new Window(stand);
		InsideModel model = open(backUp());
		window.await("all is counted", () -> !model.items().isEmpty()
				&& model.items().stream().allMatch(item -> item.survey() != null));
		choose("Letters");
		String all = Messages.inside_count.formatted("300");
		window.await("the letters are read", () -> window.shows(all + "  ·  long: 300"));
		Table rows = table("Chat name");
		window.await("they are listed", () -> rows.getItemCount() == 300 && !rows.getItem(5).getText(1).isEmpty());
		assertEquals("Letter 5", rows.getItem(5).getText(1));
		rows.setSelection(5);
		rows.notifyListeners(SWT.Selection, null);
		window.await("it is shown in full", () -> details("Letter number 5\n"));
		assertTrue(details("••••"), "its password is masked");
		assertTrue(details(Messages.inside_conversation));

		Button secrets = window.button(Messages.inside_secrets);
		secrets.setSelection(true);
		secrets.notifyListeners(SWT.Selection, null);
		window.await("they are read anew", () -> model.records().orElseThrow().view().filter().secrets()
				&& !model.records().orElseThrow().view().reading());
		window.await("no row is chosen any more", () -> details(Messages.inside_details_none));
		rows.setSelection(5);
		rows.notifyListeners(SWT.Selection, null);
		window.await("the password is shown", () -> details("secret-5"));

		Text filter = field(Messages.inside_filter);
		filter.setText("number 12");
		filter.notifyListeners(SWT.DefaultSelection, null);
		window.await("few are left", () -> window.shows(Messages.inside_filter_some.formatted("13", "300")));
		window.await("the rows as well", () -> rows.getItemCount() == 13);

		Text search = field(Messages.inside_search);
		search.setText("number 123");
		search.notifyListeners(SWT.DefaultSelection, null);
		window.await("it is found", () -> window.all(Tree.class).stream().anyMatch(tree -> tree.getItemCount() == 1));
		Tree tree = window.all(Tree.class).getFirst();
		TreeItem hit = tree.getItem(0).getItem(0);
		assertTrue(hit.getText(0).startsWith("Letter 123"), hit.getText(0));
		tree.setSelection(hit);
		tree.notifyListeners(SWT.DefaultSelection, new Event());
		window.await("it is chosen in its place", () -> rows.getItemCount() == 300 && rows.getSelectionIndex() == 123);
		window.await("it is shown in full", () -> details("Letter number 123\n"));
		assertEquals("", filter.getText(), "the filter that hid it is gone");

		choose("Notes");
		window.await("why they cannot be read is told", () -> window.shows(Messages.inside_unreadable)
				|| window.shows("Something unexpected happened"));
		choose("Health");
		window.await("why they are not there is told",
				() -> window.shows(Messages.inside_absent + "\nOnly in encrypted backups."));
	}

	private Text field(String message) {
		return window.all(Text.class).stream().filter(text -> message.equals(text.getMessage())).findFirst()
				.orElseThrow();
	}

	@Test
	void thePasswordIsAskedForAndRecordsAreExported() throws Exception {
		stand = new Stand(folder, Trust.AUTO);
		stand.paired();
		try (Secret password = Secret.of("right")) {
			stand.keepsake.changeBackupPassword(stand.udid(), null, password, JobMonitor.NONE);
		}
		KeptBackup kept = backUp();
		window = new Window(stand);
		window.script(Messages.unlock_title, dialog -> {
			assertFalse(dialog.canPressDefault(), "not without a password");
			dialog.all(Text.class).getFirst().setText("wrong");
			dialog.pressDefault();
		});
		InsideModel model = open(kept);
		window.finished();
		window.script(Messages.unlock_title, dialog -> {
			assertTrue(dialog.shows("The password does not open this backup"));
			dialog.all(Text.class).getFirst().setText("right");
			dialog.pressDefault();
		});
		window.finished();
		window.await("it is open and counted", () -> model.isOpen() && !model.items().isEmpty()
				&& model.items().stream().allMatch(item -> item.survey() != null));
		choose("Letters");
		window.await("they can be exported", () -> window.canPress(Messages.export_open));
		Path out = folder.resolve("out");
		window.script(Messages.export_title.formatted("Letters"), dialog -> {
			List<Text> fields = dialog.all(Text.class);
			fields.getFirst().setText("relative");
			assertFalse(dialog.canPressDefault(), "a folder is needed");
			fields.getFirst().setText(out.toString());
			assertFalse(dialog.button(Messages.export_secrets).getSelection());
			dialog.button("Capitals & nothing else").setSelection(true);
			dialog.pressDefault();
		});
		window.press(Messages.export_open);
		window.finished();
		window.await("it is written", () -> window.canPress(Messages.export_open_folder));
		String written = Files.readString(out.resolve("lines.txt"));
		assertTrue(written.startsWith("LETTER 0 ••••"), written.substring(0, 40));
		window.press(Messages.button_dismiss);
		window.await("how it ended is forgotten", () -> !window.isVisible(Messages.export_open_folder));
	}
}
