// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.storage.Storage;
import org.keepsake.repository.internal.StoreProbe;

/**
 * What a store let us do, tried with a small file of our own.
 *
 * @param location            where, for a person
 * @param appendOnly          whether its owner has declared that it only lets files be added ({@link #APPEND_ONLY})
 * @param attempts            what was tried, in order
 * @param leftBehind          the files of ours that could not be removed; harmless, the next prune by somebody with the
 *                            right to delete removes them
 * @param probeBytes          how large the file was
 * @param writeBytesPerSecond how fast it was written
 * @param readBytesPerSecond  how fast it was read
 */
public record StoreTrial(String location, boolean appendOnly, List<Attempt> attempts, List<String> leftBehind,
		long probeBytes, long writeBytesPerSecond, long readBytesPerSecond) {

	/** The setting of a target whose store only lets files be added: {@code true}. */
	public static final String APPEND_ONLY = "append-only";

	/**
	 * Tries a store with files of its own: random bytes among the packs, which no index names, so that no reader of a
	 * repository misses or minds them. What is not its own it never touches, and a place that is not there it does not make.
	 *
	 * @param appendOnly whether its owner has declared so
	 * @param attack     also to overwrite and to delete as an intruder would
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#NO_PLACE}, {@link RepositoryProblems#STORE_CHANGES}, and
	 *                                            what the store throws
	 */
	public static StoreTrial run(Storage storage, boolean appendOnly, boolean attack, JobMonitor monitor)
			throws IOException {
		return new StoreProbe(storage, appendOnly, monitor).run(attack);
	}

	/** Copies the lists. */
	public StoreTrial {
		attempts = List.copyOf(attempts);
		leftBehind = List.copyOf(leftBehind);
	}

	/** What is tried. */
	public enum Action {
		/** To put a new file. */
		WRITE,
		/** To read it back, the whole and a part. */
		READ,
		/** To find it in the list. */
		LIST,
		/** To put another file under the same name, as a backup would by mistake. */
		PUT_AGAIN,
		/** To overwrite it without asking. */
		OVERWRITE,
		/** To delete it. */
		DELETE,
		/** To delete a snapshot, index or key; tried with a name that does not exist. */
		DELETE_OTHER_KINDS
	}

	/** What came of it. */
	public enum Outcome {
		/** It was done. */
		DONE,
		/** The store refused. */
		REFUSED,
		/** This kind of store, or this way of trying, cannot tell. */
		UNKNOWN
	}

	/**
	 * Something tried.
	 *
	 * @param action  what
	 * @param outcome what came of it
	 * @param harmful whether somebody who may do that could destroy backups
	 */
	public record Attempt(Action action, Outcome outcome, boolean harmful) {
	}

	/** What an intruder with these credentials could do to backups; empty is what an append-only store must have. */
	public List<Action> dangers() {
		return attempts.stream().filter(one -> one.harmful() && one.outcome() == Outcome.DONE).map(Attempt::action)
				.toList();
	}

	/** What was tried, if it was. */
	public Outcome of(Action action) {
		return attempts.stream().filter(one -> one.action() == action).map(Attempt::outcome).findFirst()
				.orElse(Outcome.UNKNOWN);
	}
}
