// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.BackupProblems;

/**
 * Does what needs a backup's password: with the remembered one if there is one, else with one that a person is asked
 * for, again and again while it is wrong. Nobody is asked for a backup that is not encrypted.
 */
public final class Unlocking {

	private final Keepsake keepsake;
	private final Prompt prompt;

	/** Who can be asked for a password. */
	@FunctionalInterface
	public interface Prompt {
		/**
		 * Asks, and waits for the answer; called by the thread of a job.
		 *
		 * @param wrong   why the one before was not taken; null the first time
		 * @param monitor the question is withdrawn when it is cancelled
		 * @return null if the person does not want to
		 */
		@Nullable
		Answer ask(KeptBackup backup, @Nullable Problem wrong, JobMonitor monitor);
	}

	/**
	 * A password a person gave.
	 *
	 * @param password closed by whoever asked
	 * @param remember whether it is to be remembered once it proved right
	 */
	public record Answer(Secret password, boolean remember) {
	}

	/** What needs the password. @param <T> what it results in */
	@FunctionalInterface
	public interface Work<T> {
		/** Does it. @param password wiped afterwards; null if there is none at hand */
		T with(@Nullable Secret password) throws IOException;
	}

	/** With somebody to ask. */
	public Unlocking(Keepsake keepsake, Prompt prompt) {
		this.keepsake = keepsake;
		this.prompt = prompt;
	}

	/** Does the work; a {@link CancelledException} if nobody wants to give the password. */
	public <T> T run(KeptBackup backup, JobMonitor monitor, Work<T> work) throws IOException {
		return run(backup, null, monitor, work);
	}

	/** The same. @param given tried before the remembered one; stays the caller's; null if there is none */
	public <T> T run(KeptBackup backup, @Nullable Secret given, JobMonitor monitor, Work<T> work)
			throws IOException {
		if (!backup.snapshot().summary().encrypted()) {
			return work.with(null);
		}
		Udid device = backup.snapshot().summary().udid();
		try (Secret known = given == null ? remembered(device) : given.copy()) {
			return work.with(known);
		} catch (ProblemException e) {
			if (!isPassword(e)) {
				throw e;
			}
		}
		Problem wrong = null;
		while (true) {
			Answer answer = prompt.ask(backup, wrong, monitor);
			if (answer == null) {
				throw new CancelledException();
			}
			try (Secret password = answer.password()) {
				T result = work.with(password);
				if (answer.remember()) {
					keepsake.passwords().remember(device, password);
				}
				return result;
			} catch (ProblemException e) {
				if (!isPassword(e)) {
					throw e;
				}
				wrong = e.problem();
			}
		}
	}

	private @Nullable Secret remembered(Udid device) throws IOException {
		Optional<Secret> found = keepsake.passwords().find(device);
		return found.isPresent() ? found.get() : null;
	}

	private static boolean isPassword(ProblemException failure) {
		return failure.is(BackupProblems.PASSWORD_NEEDED) || failure.is(BackupProblems.WRONG_PASSWORD);
	}
}
