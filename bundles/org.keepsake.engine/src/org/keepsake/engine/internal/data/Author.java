// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.util.Locale;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Failures;

/** The border to data sets and exporters, which anybody may write: what they do wrong ends as a problem of theirs. */
final class Author {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.data");

	private Author() {
	}

	/**
	 * Runs what an author wrote.
	 *
	 * @param name what a person calls it
	 * @throws IOException a problem, a cancellation, or what a visitor threw
	 */
	static <T> T run(String name, JobMonitor monitor, Failures.Work<T> work) throws IOException {
		try {
			return work.run();
		} catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
			if (monitor.isCancelled()) {
				CancelledException cancelled = new CancelledException();
				cancelled.addSuppressed(e);
				throw cancelled;
			}
			if (e instanceof java.io.UncheckedIOException unchecked && unchecked.getCause() instanceof IOException io) {
				throw io;
			}
			String mark = mark(e);
			LOG.log(System.Logger.Level.ERROR, name + ' ' + mark, e);
			throw EngineProblems.DATASET_FAILED.exceptionBecause(e, name, mark);
		}
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

	private static String mark(Throwable e) {
		int hash = e.getClass().getName().hashCode();
		StackTraceElement[] trace = e.getStackTrace();
		for (int i = 0; i < Math.min(trace.length, 5); i++) {
			hash = 31 * hash + trace[i].getClassName().hashCode() * 31 + trace[i].getMethodName().hashCode();
		}
		return String.format(Locale.ROOT, "%08x", Integer.valueOf(hash));
	}
}
