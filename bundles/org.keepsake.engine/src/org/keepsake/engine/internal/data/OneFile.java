// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;

/** The one file of an export as a stream, which stays open. */
final class OneFile implements ExportOutput {

	private final OutputStream out;
	private boolean begun;

	OneFile(OutputStream out) {
		this.out = out;
	}

	@Override
	public File create(String path, @Nullable Instant modified) {
		if (begun) {
			throw new IllegalStateException("The exporter makes more than the one file it promised");
		}
		begun = true;
		OutputStream content = new FilterOutputStream(out) {
			@Override
			public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
				if (bytes != null) {
					out.write(bytes, offset, length);
				}
			}

			@Override
			public void close() throws IOException {
				out.flush();
			}
		};
		return new File() {
			@Override
			public String path() {
				return path;
			}

			@Override
			public OutputStream content() {
				return content;
			}

			@Override
			public void commit() throws IOException {
				content.flush();
			}

			@Override
			public void close() throws IOException {
				content.flush();
			}
		};
	}
}
