// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;

/** Keeps what an exporter writes in memory, for tests of exporters. A file that was not committed is not there. */
public final class MemoryOutput implements ExportOutput {

	private final Map<String, byte[]> files = new LinkedHashMap<>();
	private final Map<String, Instant> dates = new LinkedHashMap<>();
	private final Set<String> taken = new HashSet<>();

	/** The paths of the files, in the order in which they were committed. */
	public Set<String> paths() {
		return files.keySet();
	}

	/** The content of a file, as UTF-8. */
	public String text(String path) {
		return new String(bytes(path), StandardCharsets.UTF_8);
	}

	/** The content of a file. */
	public byte[] bytes(String path) {
		return Objects.requireNonNull(files.get(path), () -> path + " is not among " + files.keySet()).clone();
	}

	/** The date given to a file; null if none was. */
	public @Nullable Instant date(String path) {
		return dates.get(path);
	}

	@Override
	public File create(String path, @Nullable Instant modified) throws IOException {
		String free = path;
		for (int i = 2; !taken.add(free); i++) {
			int dot = path.lastIndexOf('.');
			free = dot > path.lastIndexOf('/') ? path.substring(0, dot) + " " + i + path.substring(dot)
					: path + ' ' + i;
		}
		return new Kept(free, modified);
	}

	private final class Kept implements File {

		private final String path;
		private final @Nullable Instant modified;
		private final ByteArrayOutputStream content = new ByteArrayOutputStream();

		Kept(String path, @Nullable Instant modified) {
			this.path = path;
			this.modified = modified;
		}

		@Override
		public String path() {
			return path;
		}

		@Override
		public OutputStream content() {
			return content;
		}

		@Override
		public void commit() {
			files.put(path, content.toByteArray());
			Instant date = modified;
			if (date != null) {
				dates.put(path, date);
			}
		}

		@Override
		public void close() {
			content.reset();
		}
	}
}
