// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.JobControl;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.engine.Finding;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.RestorePlan;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.UiProblems;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;

/**
 * Restores in two steps: first the backup, its password and the device are checked and the warnings shown, then the
 * person confirms them.
 */
public final class RestoreDialog extends TitledDialog {

	private static final int WIDTH = 560;

	private final KeptBackup backup;
	private final List<DeviceItem> devices;
	private final Keepsake keepsake;
	private final UISynchronize ui;
	private final JobControl control = new JobControl(event -> {
	});
	private @Nullable Combo device;
	private @Nullable PasswordRow password;
	private @Nullable Button systemFiles;
	private @Nullable Button keepSettings;
	private @Nullable Button removeOthers;
	private @Nullable Button copyFirst;
	private @Nullable Button reboot;
	private @Nullable Label warnings;
	private @Nullable ProblemBox problem;
	private @Nullable Button understood;
	private @Nullable RestoreRequest checked;
	private @Nullable RestoreRequest confirmed;

	/** Opened by the caller. */
	public RestoreDialog(@Nullable Shell shell, KeptBackup backup, DevicesModel devices, Keepsake keepsake,
			UISynchronize ui) {
		super(shell, Messages.restore_title);
		this.backup = backup;
		this.devices = new ArrayList<>(devices.devices());
		this.keepsake = keepsake;
		this.ui = ui;
	}

	/** What the person confirmed; the caller closes its password. */
	public Optional<RestoreRequest> confirmed() {
		RestoreRequest request = confirmed;
		return request == null ? Optional.empty() : Optional.of(request);
	}

	/** The name of the device the person chose. */
	public String deviceName() {
		RestoreRequest request = confirmed;
		return request == null ? "" : name(request);
	}

	private String name(RestoreRequest request) {
		return devices.stream().filter(item -> item.udid().equals(request.device())).map(DeviceItem::title).findFirst()
				.orElse("");
	}

	@Override
	void build(Composite area) {
		Composite rows = rows(area, SWT.DEFAULT);
		var summary = backup.snapshot().summary();
		wide(rows, "heading", Messages.restore_from.formatted(summary.deviceName(),
				Human.date(summary.finishedAt(), ZoneId.systemDefault())), WIDTH);
		new Label(rows, SWT.NONE).setText(Messages.restore_device);
		Combo combo = new Combo(rows, SWT.READ_ONLY);
		combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		devices.forEach(item -> combo.add(item.title() + "  ·  " + item.subtitle()));
		combo.select(0);
		combo.addListener(SWT.Selection, event -> edited());
		device = combo;
		if (summary.encrypted()) {
			password = new PasswordRow(rows, Messages.restore_password, this::edited);
		}
		systemFiles = option(rows, Messages.restore_system_files, false);
		keepSettings = option(rows, Messages.restore_keep_settings, true);
		removeOthers = option(rows, Messages.restore_remove_others, false);
		copyFirst = option(rows, Messages.restore_copy_first, false);
		reboot = option(rows, Messages.restore_reboot, true);
		problem = new ProblemBox(rows);
		warnings = wide(rows, "warning", devices.isEmpty() ? Messages.restore_no_device : "", WIDTH);
		Button confirm = option(rows, "", false);
		confirm.addListener(SWT.Selection, event -> showButton());
		Looks.show(confirm, false);
		understood = confirm;
	}

	private Button option(Composite rows, String text, boolean on) {
		Button choice = choice(rows, text, on);
		choice.addListener(SWT.Selection, event -> {
			if (choice != understood) {
				edited();
			}
		});
		return choice;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.restore_check);
		showButton();
	}

	private void edited() {
		drop();
		Button confirm = understood;
		if (confirm != null) {
			Looks.show(confirm, false);
		}
		say("", null);
		showButton();
		relayout();
	}

	private void showButton() {
		Button ok = getButton(IDialogConstants.OK_ID);
		if (ok != null) {
			boolean ready = checked != null;
			ok.setText(ready ? Messages.restore_button : Messages.restore_check);
			PasswordRow row = password;
			boolean passwordGiven = row == null || !row.isEmpty();
			ok.setEnabled(!devices.isEmpty() && passwordGiven && (!ready || isOn(understood)));
			setButtonLayoutData(ok);
			ok.getParent().layout(true, true);
		}
	}

	@Override
	protected void okPressed() {
		if (checked != null) {
			confirmed = checked;
			checked = null;
			super.okPressed();
			return;
		}
		RestoreRequest request = request();
		if (request == null) {
			return;
		}
		enableOk(false);
		say(Messages.restore_checking, null);
		relayout();
		Thread.ofVirtual().name("plan restore").start(() -> plan(request));
	}

	private @Nullable RestoreRequest request() {
		Combo combo = device;
		if (combo == null || combo.getSelectionIndex() < 0) {
			return null;
		}
		DeviceItem item = devices.get(combo.getSelectionIndex());
		PasswordRow row = password;
		Secret secret = row == null ? null : row.secret();
		return new RestoreRequest(backup, item.udid(), secret, isOn(systemFiles), isOn(keepSettings), isOn(copyFirst),
				isOn(removeOthers), isOn(reboot));
	}

	private void plan(RestoreRequest request) {
		try {
			RestorePlan plan = keepsake.planRestore(request, control);
			ui.asyncExec(() -> showPlan(request, plan));
		} catch (IOException | RuntimeException e) {
			Problem why = UiProblems.of(e);
			ui.asyncExec(() -> showProblem(request, why));
		}
	}

	private void showPlan(RestoreRequest request, RestorePlan plan) {
		Button confirm = understood;
		Label text = warnings;
		if (getShell() == null || getShell().isDisposed() || confirm == null || text == null) {
			close(request);
			return;
		}
		StringBuilder lines = new StringBuilder(plan.verdict());
		plan.warnings().forEach(line -> lines.append("\n• ").append(line));
		for (Finding finding : plan.findings()) {
			if (finding.severity() == Finding.Severity.BLOCKER || finding.severity() == Finding.Severity.WARNING) {
				String remedy = finding.remedy();
				lines.append("\n• ").append(finding.what()).append(remedy == null ? "" : " " + remedy);
			}
		}
		Looks.text(text, lines.toString());
		if (plan.ready()) {
			checked = request;
			confirm.setText(Messages.restore_understood.formatted(name(request)).replace("&", "&&"));
			confirm.setSelection(false);
			Looks.show(confirm, true);
		} else {
			close(request);
		}
		showButton();
		relayout();
	}

	private void showProblem(RestoreRequest request, Problem why) {
		close(request);
		if (getShell() == null || getShell().isDisposed()) {
			return;
		}
		say("", why);
		showButton();
		relayout();
	}

	private void say(String text, @Nullable Problem why) {
		Label label = warnings;
		if (label != null) {
			Looks.text(label, text);
		}
		ProblemBox box = problem;
		if (box != null) {
			box.show(why);
		}
	}

	private void relayout() {
		Shell shell = getShell();
		if (shell != null && !shell.isDisposed()) {
			shell.layout(true, true);
			shell.pack();
		}
	}

	private void drop() {
		RestoreRequest request = checked;
		if (request != null) {
			close(request);
			checked = null;
		}
	}

	private static void close(RestoreRequest request) {
		Secret secret = request.password();
		if (secret != null) {
			secret.close();
		}
	}

	@Override
	public boolean close() {
		control.cancel();
		drop();
		return super.close();
	}
}
