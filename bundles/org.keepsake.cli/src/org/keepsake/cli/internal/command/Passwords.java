// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.terminal.LineInput;
import org.keepsake.core.CancelledException;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.ios.backup.BackupProblems;

/** Finds the passwords a command needs: in a file, in the environment, among the remembered ones, or by asking. */
final class Passwords {

	/** The environment variable of the password that is set now. */
	static final String CURRENT = "KEEPSAKE_BACKUP_PASSWORD";
	/** The environment variable of the password to be set. */
	static final String NEW = "KEEPSAKE_NEW_BACKUP_PASSWORD";

	/** The environment variable of a repository's password; with {@code _FILE} behind it that of a file of it. */
	static final String REPOSITORY = "KEEPSAKE_REPOSITORY_PASSWORD";
	/** The environment variable of the password that a repository is to get. */
	static final String NEW_REPOSITORY = "KEEPSAKE_NEW_REPOSITORY_PASSWORD";

	private static final int ATTEMPTS = 3;

	private final Cli cli;

	Passwords(Cli cli) {
		this.cli = cli;
	}

	/**
	 * What is done with a password.
	 *
	 * @param <T> what it results in
	 */
	@FunctionalInterface
	interface Work<T> {
		/** Does it; the password is wiped afterwards. */
		T with(Secret password) throws IOException;
	}

	/**
	 * Does something with the password of a device's backups. One that was typed or remembered and turns out wrong is
	 * asked for again.
	 *
	 * @param udid   whose password
	 * @param reason why it is needed, for a person: a sentence without a full stop
	 */
	<T> T unlocking(Udid udid, String reason, PasswordOptions options, Work<T> work) throws IOException {
		return unlocking(udid, reason, options.file(), options.remember(), work);
	}

	/** The same. @param file named by an option, or null. @param remember whether to remember it once it proved right */
	<T> T unlocking(Udid udid, String reason, @Nullable String file, boolean remember, Work<T> work)
			throws IOException {
		Secret given = given(file, CURRENT);
		boolean replaceable = given == null;
		if (given == null) {
			given = remembered(udid);
		}
		if (given == null) {
			given = ask(reason, "Backup password: ", "--password-file FILE", CURRENT);
		}
		for (int attempt = 1;; attempt++) {
			try (Secret password = given) {
				T result = work.with(password);
				if (remember) {
					cli.engine().passwords().remember(udid, password);
				}
				return result;
			} catch (ProblemException e) {
				boolean again = replaceable && attempt < ATTEMPTS && cli.terminal().canAsk();
				if (!again || !isWrongPassword(e)) {
					throw e;
				}
				cli.terminal().err().println(cli.errStyle().bad(e.problem().title()) + ". Try again.");
			}
			given = ask(reason, "Backup password: ", "--password-file FILE", CURRENT);
		}
	}

	/** Whether the problem is that a password is wrong; the backup and the device each have a problem for it. */
	static boolean isWrongPassword(ProblemException failure) {
		return failure.is(BackupProblems.WRONG_PASSWORD) || failure.problem().code().equals("device.wrong-password");
	}

	/** The password of a device's backups if it is at hand without asking, or null. The caller closes it. */
	@Nullable
	Secret atHand(Udid udid, PasswordOptions options) throws IOException {
		Secret given = given(options.file(), CURRENT);
		return given != null ? given : remembered(udid);
	}

	private @Nullable Secret remembered(Udid udid) throws IOException {
		Optional<Secret> found = cli.engine().passwords().find(udid);
		return found.isPresent() ? found.get() : null;
	}

	/** A new password, typed twice if it is typed. The caller closes it. */
	Secret chooseNew(@Nullable String file, String... variables) throws IOException {
		Secret given = given(file, variables);
		if (given != null) {
			return given;
		}
		Secret first = ask("A new backup password must be chosen", "New backup password: ",
				"--new-password-file FILE", NEW);
		try (Secret second = ask("", "The same again: ", "--new-password-file FILE", NEW)) {
			if (!first.sameAs(second)) {
				first.close();
				throw CliProblems.PASSWORDS_DIFFER.exception();
			}
		}
		return first;
	}

	/** From the file if one is named, else from the first of the environment variables that is set, else null. */
	@Nullable
	Secret given(@Nullable String file, String... variables) throws IOException {
		if (file != null) {
			return fromFile(file);
		}
		for (String variable : variables) {
			String value = cli.environment().get(variable);
			if (value != null && !value.isEmpty()) {
				return Secret.of(value);
			}
		}
		return null;
	}

	/**
	 * The password of a repository from a file, or null. What the environment says is the engine's affair, unless it is
	 * to be remembered. The caller closes it.
	 */
	@Nullable
	Secret givenForRepository(@Nullable String file, boolean remember) throws IOException {
		if (file != null) {
			return fromFile(file);
		}
		if (!remember) {
			return null;
		}
		Secret given = given(null, REPOSITORY);
		String other = cli.environment().getOrDefault(REPOSITORY + "_FILE", "");
		return given == null && !other.isEmpty() ? fromFile(other) : given;
	}

	/** The first line of a file, or of standard input where it is called {@code -}. The caller closes it. */
	Secret fromFile(String file) throws IOException {
		if (file.equals("-")) {
			return firstLine(file, cli.terminal().in());
		}
		try (InputStream in = Files.newInputStream(Path.of(file))) {
			return firstLine(file, in);
		} catch (NoSuchFileException | InvalidPathException e) {
			throw CliProblems.PASSWORD_FILE.exceptionBecause(e, file, "there is no such file.");
		} catch (ProblemException e) {
			throw e;
		} catch (IOException e) {
			throw CliProblems.PASSWORD_FILE.exceptionBecause(e, file, e.getMessage() + '.');
		}
	}

	private static Secret firstLine(String file, InputStream in) throws IOException {
		char[] characters;
		try {
			characters = new LineInput(in, StandardCharsets.UTF_8).readCharacters();
		} catch (IOException e) {
			throw CliProblems.PASSWORD_FILE.exceptionBecause(e, file, e.getMessage() + '.');
		}
		return secret(characters == null ? new char[0] : characters);
	}

	private Secret ask(String reason, String question, String option, String variable) throws IOException {
		if (!cli.terminal().canAsk()) {
			throw CliProblems.PASSWORD_NOT_GIVEN.exception(reason, option, variable);
		}
		if (!reason.isEmpty()) {
			cli.terminal().err().println(reason + '.');
		}
		char[] typed = cli.terminal().askSecretly(question);
		if (typed == null) {
			throw new CancelledException();
		}
		return secret(typed);
	}

	/** Takes the characters over and wipes them. */
	static Secret secret(char[] characters) throws IOException {
		try {
			if (characters.length == 0) {
				throw CliProblems.PASSWORD_EMPTY.exception();
			}
			return new Secret(characters);
		} finally {
			Arrays.fill(characters, '\0');
		}
	}
}
