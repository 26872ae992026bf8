// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.CancelledException;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.engine.Targets.Entry;
import org.keepsake.ui.internal.place.Quietly;

/**
 * Asks for what opens a place by a dialog over the window that is in front, whatever thread wants to know. Nobody is
 * asked for what is done quietly, nor once this is closed; then those who wait for an answer go on without.
 */
public final class PlaceQuestions implements PlaceSecrets.Asker, AutoCloseable {

	private final Keepsake keepsake;
	private final UISynchronize ui;
	private final Set<Question> open = ConcurrentHashMap.newKeySet();
	private volatile boolean closed;

	/** What is asked, and who waits for it. */
	private static final class Question {

		private final CompletableFuture<Optional<PlaceSecrets.Answer>> answer = new CompletableFuture<>();
		private volatile @Nullable PlacePasswordDialog dialog;

		void withdraw() {
			PlacePasswordDialog shown = dialog;
			if (shown != null) {
				shown.close();
			}
		}
	}

	/** On the window's thread. */
	public PlaceQuestions(Keepsake keepsake, UISynchronize ui) {
		this.keepsake = keepsake;
		this.ui = ui;
	}

	@Override
	public Optional<PlaceSecrets.Answer> ask(String place, String purpose, boolean again) throws IOException {
		if (Quietly.now()) {
			return Optional.empty();
		}
		String title = title(place);
		Question question = new Question();
		open.add(question);
		try {
			if (closed) {
				throw new CancelledException();
			}
			if (Display.getCurrent() == null) {
				ui.asyncExec(() -> show(question, title, purpose, again));
			} else {
				show(question, title, purpose, again);
			}
			return question.answer.get();
		} catch (InterruptedException e) {
			ui.asyncExec(question::withdraw);
			Thread.currentThread().interrupt();
			throw new CancelledException();
		} catch (ExecutionException e) {
			throw new CancelledException();
		} finally {
			open.remove(question);
		}
	}

	/** Its name, if it has one, and where it is. */
	private String title(String place) throws IOException {
		String shown = Human.printable(place);
		for (Entry entry : keepsake.targets().list()) {
			if (entry.location().equals(place)) {
				return Human.printable(entry.name()) + " (" + shown + ")";
			}
		}
		return shown;
	}

	private void show(Question question, String place, String purpose, boolean again) {
		if (question.answer.isDone() || closed) {
			question.answer.completeExceptionally(new CancelledException());
			return;
		}
		try {
			PlacePasswordDialog dialog = new PlacePasswordDialog(shell(), place, purpose, again);
			question.dialog = dialog;
			int pressed = dialog.open();
			question.dialog = null;
			Optional<PlaceSecrets.Answer> given = dialog.takeAnswer();
			boolean taken = pressed == org.eclipse.jface.window.Window.OK ? question.answer.complete(given)
					: question.answer.completeExceptionally(new CancelledException());
			if (!taken) {
				given.ifPresent(answer -> answer.secret().close());
			}
		} catch (RuntimeException e) {
			question.answer.completeExceptionally(e);
			throw e;
		}
	}

	private static @Nullable Shell shell() {
		Shell active = Display.getCurrent().getActiveShell();
		if (active != null) {
			return active;
		}
		Shell[] shells = Display.getCurrent().getShells();
		return shells.length == 0 ? null : shells[0];
	}

	/** Asks nobody any more. */
	@Override
	public void close() {
		closed = true;
		for (Question question : open) {
			question.answer.completeExceptionally(new CancelledException());
			ui.asyncExec(question::withdraw);
		}
	}
}
