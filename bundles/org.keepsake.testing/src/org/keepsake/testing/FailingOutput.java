// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.dataset.ExportOutput;

/** Takes what an exporter writes and fails once, for tests; what is begun is ended in the output behind it. */
public final class FailingOutput implements ExportOutput {

	private final ExportOutput behind;
	private final Moment moment;
	private int passes;
	private @Nullable ProblemException failure;

	/** When an output can fail. */
	public enum Moment {
		/** A file is begun. */
		CREATE,
		/** Its content is written. */
		WRITE,
		/** It gets its name. */
		COMMIT,
		/** It is ended. */
		CLOSE
	}

	/**
	 * Fails at such a moment.
	 *
	 * @param passes how often that goes well before
	 */
	public FailingOutput(ExportOutput behind, Moment moment, int passes) {
		this.behind = behind;
		this.moment = moment;
		this.passes = passes;
	}

	/** What it threw; null if it did not come to that. */
	public @Nullable ProblemException failure() {
		return failure;
	}

	private void pass(Moment now) throws ProblemException {
		if (now == moment && passes-- == 0) {
			ProblemException full = new ProblemException(
					new Problem("test.full", "The disk is full", "", "Make room.", Retry.NEVER), null);
			failure = full;
			throw full;
		}
	}

	@Override
	public File create(String path, @Nullable Instant modified) throws IOException {
		pass(Moment.CREATE);
		return new Failing(behind.create(path, modified));
	}

	private final class Failing implements File {

		private final File file;
		private final OutputStream content;

		Failing(File file) {
			this.file = file;
			OutputStream out = file.content();
			content = new OutputStream() {
				@Override
				public void write(int b) throws IOException {
					pass(Moment.WRITE);
					out.write(b);
				}

				@Override
				public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
					pass(Moment.WRITE);
					if (bytes != null) {
						out.write(bytes, offset, length);
					}
				}
			};
		}

		@Override
		public String path() {
			return file.path();
		}

		@Override
		public OutputStream content() {
			return content;
		}

		@Override
		public void commit() throws IOException {
			pass(Moment.COMMIT);
			file.commit();
		}

		@Override
		public void close() throws IOException {
			file.close();
			pass(Moment.CLOSE);
		}
	}
}
