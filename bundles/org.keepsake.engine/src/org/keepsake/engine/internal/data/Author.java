// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Failures;

/** The border to data sets and exporters, which anybody may write: what they do wrong ends as a problem of theirs. */
final class Author {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.data");
	private static final int MAX_CAUSES = 20;

	private Author() {
	}

	/**
	 * Whoever an author calls back, such as a visitor: what fails there is not the author's fault, and passes the border
	 * as it is, whatever the author made of it. For one thread.
	 */
	static final class Guest {

		private @Nullable IOException failure;

		/** Calls it. */
		<T> T call(Failures.Work<T> work) throws IOException {
			try {
				return work.run();
			} catch (IOException e) {
				failure = e;
				throw e;
			}
		}

		/** Whether it threw this. */
		boolean threw(IOException e) {
			return e == failure;
		}

		/** What it threw, if that is behind the failure. */
		private @Nullable IOException behind(Throwable e) {
			Throwable cause = e;
			for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
				if (cause == failure) {
					return failure;
				}
				cause = cause.getCause();
			}
			return null;
		}
	}

	/** Runs what an author wrote and calls nobody back. */
	static <T> T run(String name, JobMonitor monitor, Failures.Work<T> work) throws IOException {
		return run(name, new Guest(), monitor, work);
	}

	/**
	 * Runs what an author wrote.
	 *
	 * @param name  what a person calls it
	 * @param guest whom it calls back
	 * @throws IOException a problem, a cancellation, that the tree of the backup fails, or what the guest threw
	 */
	static <T> T run(String name, Guest guest, JobMonitor monitor, Failures.Work<T> work) throws IOException {
		try {
			return work.run();
		} catch (IOException e) {
			throw known(name, guest, monitor, e);
		} catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
			IOException passed = guest.behind(e);
			if (passed != null) {
				throw passed;
			}
			if (monitor.isCancelled()) {
				CancelledException cancelled = new CancelledException();
				cancelled.addSuppressed(e);
				throw cancelled;
			}
			if (e instanceof UncheckedIOException unchecked && unchecked.getCause() instanceof IOException io) {
				throw known(name, guest, monitor, io);
			}
			String mark = mark(e);
			LOG.log(System.Logger.Level.ERROR, name + ' ' + mark, e);
			throw EngineProblems.DATASET_FAILED.exceptionBecause(e, name, mark);
		}
	}

	private static IOException known(String name, Guest guest, JobMonitor monitor, IOException e) {
		IOException passed = guest.behind(e);
		if (passed != null) {
			return passed;
		}
		if (e instanceof CancelledException || e instanceof ProblemException || e instanceof TreeException) {
			return e;
		}
		if (monitor.isCancelled()) {
			CancelledException cancelled = new CancelledException();
			cancelled.addSuppressed(e);
			return cancelled;
		}
		LOG.log(System.Logger.Level.WARNING, name, e);
		return EngineProblems.DATASET_UNREADABLE.exceptionBecause(e, name, Failures.sentence(e));
	}

	/** What a failure means, in one or two sentences for a person. */
	static String sentence(IOException failure) {
		if (failure instanceof ProblemException known) {
			String cause = known.problem().cause();
			return known.problem().title() + '.' + (cause.isBlank() ? "" : ' ' + cause);
		}
		LOG.log(System.Logger.Level.WARNING, "What a data set reads failed", failure);
		return Failures.sentence(failure);
	}

	/** What a failure means, and what a person can do about it. */
	static List<String> sentences(IOException failure) {
		String remedy = failure instanceof ProblemException known ? known.problem().remedy() : "";
		return remedy.isBlank() ? List.of(sentence(failure)) : List.of(sentence(failure), remedy);
	}

	private static String mark(Throwable e) {
		int hash = e.getClass().getName().hashCode();
		StackTraceElement[] trace = e.getStackTrace();
		for (int i = 0; i < Math.min(trace.length, 5); i++) {
			hash = 31 * hash + trace[i].getClassName().hashCode() * 31 + trace[i].getMethodName().hashCode();
		}
		return String.format(Locale.ROOT, "%08x", Integer.valueOf(hash));
	}
}
