// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;

/** The one file of an export as a stream, which stays open. */
final class OneFile implements ExportOutput {

	private final OutputStream out;
	private final Author.Guest guest;
	private boolean begun;

	/** @param guest hears what the stream throws */
	OneFile(OutputStream out, Author.Guest guest) {
		this.out = out;
		this.guest = guest;
	}

	@Override
	public File create(String path, @Nullable Instant modified) {
		if (begun) {
			throw new IllegalStateException("The exporter makes more than the one file it promised");
		}
		begun = true;
		OutputStream content = new OutputStream() {
			@Override
			public void write(int value) throws IOException {
				write(new byte[] { (byte) value }, 0, 1);
			}

			@Override
			public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
				if (bytes != null) {
					guest.call(() -> {
						out.write(bytes, offset, length);
						return out;
					});
				}
			}

			@Override
			public void flush() throws IOException {
				guest.call(() -> {
					out.flush();
					return out;
				});
			}

			@Override
			public void close() throws IOException {
				flush();
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
