// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.inside.Unlocking.Answer;
import org.keepsake.ui.internal.inside.Unlocking.Prompt;

/** Asks for passwords by a dialog over the window that is in front. Jobs wait for the answer, the window does not. */
public final class PasswordPrompt implements Prompt {

	private final UISynchronize ui;

	/** On the window's thread. */
	public PasswordPrompt(UISynchronize ui) {
		this.ui = ui;
	}

	@Override
	public @Nullable Answer ask(KeptBackup backup, @Nullable Problem wrong, JobMonitor monitor) {
		CompletableFuture<@Nullable Answer> answer = new CompletableFuture<>();
		AtomicReference<@Nullable UnlockDialog> open = new AtomicReference<>();
		ui.asyncExec(() -> answer.complete(monitor.isCancelled() ? null : show(backup, wrong, open)));
		try (JobMonitor.Registration _ = monitor.onCancel(() -> ui.asyncExec(() -> withdraw(open)))) {
			return answer.get();
		} catch (InterruptedException | ExecutionException e) {
			return null;
		}
	}

	private static void withdraw(AtomicReference<@Nullable UnlockDialog> open) {
		UnlockDialog dialog = open.get();
		if (dialog != null) {
			dialog.close();
		}
	}

	private static @Nullable Answer show(KeptBackup backup, @Nullable Problem wrong,
			AtomicReference<@Nullable UnlockDialog> open) {
		Shell shell = Display.getCurrent().getActiveShell();
		if (shell == null) {
			Shell[] shells = Display.getCurrent().getShells();
			shell = shells.length == 0 ? null : shells[0];
		}
		var summary = backup.snapshot().summary();
		UnlockDialog dialog = new UnlockDialog(shell, Human.orDash(summary.deviceName()) + " · "
				+ Human.date(summary.finishedAt(), ZoneId.systemDefault()), wrong);
		open.set(dialog);
		int pressed = dialog.open();
		open.set(null);
		return pressed == Window.OK ? dialog.takeAnswer() : null;
	}
}
