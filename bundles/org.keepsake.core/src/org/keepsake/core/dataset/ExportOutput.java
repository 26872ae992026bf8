// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Where an exporter puts its files. Nothing is ever written outside of it, whatever the names. For one thread.
 */
public interface ExportOutput {

	/**
	 * Begins a file. It appears under its name once it is committed. A component that the system cannot hold is
	 * altered; a file of the same export is never replaced: the newer one gets a number before its extension.
	 *
	 * @param path     relative, components joined by {@code /}; may hold what a device or a stranger chose
	 * @param modified the date to give it; null for now
	 */
	File create(String path, @Nullable Instant modified) throws IOException;

	/** A file that is being written. */
	interface File extends AutoCloseable {

		/** Its path as it really is, relative, for links to it. */
		String path();

		/** Takes the content. Buffered. Closing it closes nothing: close the file. */
		OutputStream content();

		/** The file is whole. */
		void commit() throws IOException;

		/** Ends it; without {@link #commit} before nothing is left of it. */
		@Override
		void close() throws IOException;
	}
}
