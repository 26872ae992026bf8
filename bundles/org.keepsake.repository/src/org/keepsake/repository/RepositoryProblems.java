// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/**
 * The problems a person meets with a repository. The first argument is its location. Texts:
 * {@code problems.properties}.
 */
public final class RepositoryProblems {

	/** There is no repository. */
	public static final ProblemType NONE = type("repository.none", Retry.AFTER_REMEDY);
	/** There is not even the folder, share or bucket for one. */
	public static final ProblemType NO_PLACE = type("repository.no-place", Retry.AFTER_REMEDY);
	/** There is one already. */
	public static final ProblemType EXISTS = type("repository.exists", Retry.NEVER);
	/** No key opens with the password. */
	public static final ProblemType WRONG_PASSWORD = type("repository.wrong-password", Retry.AFTER_REMEDY);
	/** No key opens, and some are damaged. Second argument: their names. */
	public static final ProblemType KEYS_DAMAGED = type("repository.keys-damaged", Retry.NEVER);
	/** The config is damaged. */
	public static final ProblemType CONFIG_DAMAGED = type("repository.config-damaged", Retry.NEVER);
	/** Its version is another. Second argument: the version. */
	public static final ProblemType VERSION = type("repository.version", Retry.NEVER);
	/** Somebody else works on it. Second argument: who, third: since when. */
	public static final ProblemType LOCKED = type("repository.locked", Retry.LATER);
	/** Our own lock is gone or could not be kept fresh. */
	public static final ProblemType LOCK_LOST = type("repository.lock-lost", Retry.NOW);
	/** A file of the repository is damaged. Second argument: its name. */
	public static final ProblemType DAMAGED = type("repository.damaged", Retry.NEVER);
	/** Content that is named is nowhere. Second argument: what. */
	public static final ProblemType MISSING = type("repository.missing", Retry.NEVER);
	/** No snapshot of that name. Second argument: the name. */
	public static final ProblemType NO_SUCH_SNAPSHOT = type("repository.no-such-snapshot", Retry.AFTER_REMEDY);
	/** Several snapshots begin so. Second argument: the name. */
	public static final ProblemType AMBIGUOUS = type("repository.ambiguous", Retry.AFTER_REMEDY);
	/** No key of that name. Second argument: the name. */
	public static final ProblemType NO_SUCH_KEY = type("repository.no-such-key", Retry.AFTER_REMEDY);
	/** The key that is in use cannot be removed. */
	public static final ProblemType KEY_IN_USE = type("repository.key-in-use", Retry.AFTER_REMEDY);

	/** The store gives back, or lists, something else than it was given. */
	public static final ProblemType STORE_CHANGES = type("repository.store-changes", Retry.NEVER);

	private RepositoryProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(RepositoryProblems.class, code, retry);
	}
}
