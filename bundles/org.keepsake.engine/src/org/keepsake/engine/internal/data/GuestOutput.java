// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;

/** A folder that an exporter fills: what fails there is told as it is, whatever the exporter makes of it. */
final class GuestOutput implements ExportOutput {

	private final ExportOutput output;
	private final Author.Guest guest;

	/** @param guest hears what the output throws */
	GuestOutput(ExportOutput output, Author.Guest guest) {
		this.output = output;
		this.guest = guest;
	}

	private interface Step {
		void take() throws IOException;
	}

	private void pass(Step step) throws IOException {
		guest.call(() -> {
			step.take();
			return output;
		});
	}

	@Override
	public File create(String path, @Nullable Instant modified) throws IOException {
		return new Passing(guest.call(() -> output.create(path, modified)));
	}

	private final class Passing implements File {

		private final File file;
		private final OutputStream content;

		Passing(File file) {
			this.file = file;
			OutputStream out = file.content();
			content = new OutputStream() {
				@Override
				public void write(int value) throws IOException {
					pass(() -> out.write(value));
				}

				@Override
				public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
					if (bytes != null) {
						pass(() -> out.write(bytes, offset, length));
					}
				}

				@Override
				public void flush() throws IOException {
					pass(out::flush);
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
			pass(file::commit);
		}

		@Override
		public void close() throws IOException {
			pass(file::close);
		}
	}
}
