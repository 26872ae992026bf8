// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.TargetFactory;

/** Opens repositories by their location, with what a target is given. */
public final class RepositoryAccess {

	private RepositoryAccess() {
	}

	/**
	 * Opens a repository. What is wrong, of the repository or of its store, is asked for again as long as the
	 * context gives another.
	 *
	 * @throws ProblemException {@link StorageProblems#SECRET_NEEDED} without a password, {@code UNKNOWN}, {@code LOCATION},
	 *                          and those of {@link Repository#open}
	 */
	public static Repository open(String location, TargetFactory.Context context) throws IOException {
		while (true) {
			try (Secret password = password(location, context)) {
				Storage storage = context.storages().open(location, context);
				OpenOptions options = storage.isNear() ? OpenOptions.LOCAL : OpenOptions.remote(context.cache());
				Repository repository = Repository.open(storage, password, options);
				context.accepted(TargetFactory.REPOSITORY_PASSWORD);
				return repository;
			} catch (ProblemException e) {
				if (!canBeAskedAgain(e, context)) {
					throw e;
				}
			}
		}
	}

	private static boolean canBeAskedAgain(ProblemException e, TargetFactory.Context context) throws IOException {
		return e.is(RepositoryProblems.WRONG_PASSWORD) && context.refused(TargetFactory.REPOSITORY_PASSWORD)
				|| e.is(StorageProblems.CREDENTIALS) && context.refused(StorageFactory.EVERY_SECRET);
	}

	/** Makes a repository in an empty place and opens it. */
	public static Repository init(String location, TargetFactory.Context context, InitOptions options)
			throws IOException {
		try (Secret password = password(location, context)) {
			Storage storage = context.storages().open(location, context);
			Repository repository = Repository.init(storage, password, options);
			context.accepted(TargetFactory.REPOSITORY_PASSWORD);
			return repository;
		}
	}

	private static Secret password(String location, TargetFactory.Context context) throws IOException {
		return context.secret(TargetFactory.REPOSITORY_PASSWORD).orElseThrow(
				() -> StorageProblems.SECRET_NEEDED.exception(location, TargetFactory.REPOSITORY_PASSWORD));
	}
}
