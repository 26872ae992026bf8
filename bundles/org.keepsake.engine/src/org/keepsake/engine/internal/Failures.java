// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreeException;
import org.keepsake.engine.EngineProblems;

/** The edge of the engine: whatever fails inside leaves as a problem with a remedy, or as a cancellation. */
public final class Failures {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine");

	private Failures() {
	}

	/** Something that may fail. */
	@FunctionalInterface
	public interface Work<T> {
		/** Does it. */
		T run() throws IOException;
	}

	/** Runs the work; what it throws is a {@link ProblemException} or a {@link CancelledException}. */
	public static <T> T guard(JobMonitor monitor, Work<T> work) throws IOException {
		try {
			return work.run();
		} catch (IOException | RuntimeException | StackOverflowError e) {
			throw asProblem(monitor, e);
		}
	}

	/** The exception that tells a person; a failure after cancellation is the cancellation. */
	public static IOException asProblem(JobMonitor monitor, Throwable e) {
		if (e instanceof CancelledException cancelled) {
			return cancelled;
		}
		if (monitor.isCancelled()) {
			CancelledException cancelled = new CancelledException();
			cancelled.addSuppressed(e);
			return cancelled;
		}
		return switch (e) {
			case ProblemException problem -> problem;
			case TreeException tree -> EngineProblems.TARGET_FAILED.exceptionBecause(tree, Texts.of("target.the-place"),
					sentence(tree));
			case IOException io -> EngineProblems.TARGET_FAILED.exceptionBecause(io, Texts.of("target.the-place"),
					sentence(io));
			default -> unexpected(e);
		};
	}

	/** What the system said, without a class name where it said anything. */
	public static String sentence(IOException e) {
		String said = e.getMessage();
		return switch (e) {
			case AccessDeniedException _ -> Texts.of("failure.denied", String.valueOf(said));
			case NoSuchFileException _ -> Texts.of("failure.missing", String.valueOf(said));
			case TreeException tree when tree.reason() == TreeException.Reason.NO_SPACE -> Texts.of("failure.full");
			default -> said == null || said.isBlank() ? Texts.of("failure.silent", e.getClass().getSimpleName()) : said;
		};
	}

	private static ProblemException unexpected(Throwable e) {
		if (e instanceof java.io.UncheckedIOException wrapped && wrapped.getCause() instanceof ProblemException known) {
			return known;
		}
		if (e instanceof ReadOnlyFileSystemException) {
			return EngineProblems.TARGET_FAILED.exceptionBecause(e, Texts.of("target.the-place"),
					Texts.of("failure.read-only"));
		}
		String mark = mark(e);
		LOG.log(System.Logger.Level.ERROR, "Unexpected " + mark, e);
		return EngineProblems.UNEXPECTED.exceptionBecause(e, mark);
	}

	/** The same fault gets the same mark: computed from where it happened, not from what it said. */
	private static String mark(Throwable e) {
		int hash = e.getClass().getName().hashCode();
		StackTraceElement[] trace = e.getStackTrace();
		for (int i = 0; i < Math.min(trace.length, 5); i++) {
			hash = 31 * hash + trace[i].getClassName().hashCode() * 31 + trace[i].getMethodName().hashCode();
		}
		return String.format(Locale.ROOT, "%08x", hash);
	}
}
