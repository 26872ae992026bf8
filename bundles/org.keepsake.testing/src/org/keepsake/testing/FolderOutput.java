// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.ExportOutput;

/** Takes what an exporter writes into a folder, for tests: strict where the real one is kind. */
public final class FolderOutput implements ExportOutput {

	private final Path folder;
	private int open;

	/** Writes below the folder, which is made if need be. */
	public FolderOutput(Path folder) {
		this.folder = folder;
	}

	@Override
	public File create(String path, @Nullable Instant modified) throws IOException {
		String safe = safe(path);
		Path place = folder.resolve(safe);
		for (int i = 2; Files.exists(place); i++) {
			int dot = safe.lastIndexOf('.');
			String numbered = dot > safe.lastIndexOf('/') + 1
					? safe.substring(0, dot) + " (" + i + ')' + safe.substring(dot)
					: safe + " (" + i + ')';
			place = folder.resolve(numbered);
		}
		Files.createDirectories(place.getParent());
		open++;
		return new Part(place, modified);
	}

	/** No component is a dot or two, none is empty, and none holds what Windows refuses. */
	private static String safe(String path) {
		StringBuilder safe = new StringBuilder();
		for (String component : path.split("/")) {
			String name = component.replaceAll("[\\x00-\\x1f\\x7f<>:\"\\\\|?*]", "_").replaceAll("[. ]+$", "_");
			safe.append(safe.isEmpty() ? "" : "/").append(name.isEmpty() ? "_" : name);
		}
		return safe.toString();
	}

	/** How many files were begun and not ended. */
	public int open() {
		return open;
	}

	/** The paths of the files, sorted. */
	public List<String> files() throws IOException {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> walk = Files.walk(folder)) {
			return List.copyOf(new TreeSet<>(walk.filter(Files::isRegularFile)
					.map(file -> folder.relativize(file).toString().replace('\\', '/')).toList()));
		}
	}

	/** What a file holds, as text. */
	public String text(String path) throws IOException {
		return Files.readString(folder.resolve(path));
	}

	/** What a file holds. */
	public byte[] bytes(String path) throws IOException {
		return Files.readAllBytes(folder.resolve(path));
	}

	/** The date of a file. */
	public Instant modified(String path) throws IOException {
		return Files.getLastModifiedTime(folder.resolve(path)).toInstant();
	}

	private final class Part implements File {

		private final Path place;
		private final @Nullable Instant modified;
		private final OutputStream out;
		private boolean committed;
		private boolean closed;

		Part(Path place, @Nullable Instant modified) throws IOException {
			this.place = place;
			this.modified = modified;
			out = new BufferedOutputStream(Files.newOutputStream(place), 64 << 10);
		}

		@Override
		public String path() {
			return folder.relativize(place).toString().replace('\\', '/');
		}

		@Override
		public OutputStream content() {
			return out;
		}

		@Override
		public void commit() throws IOException {
			out.close();
			Instant date = modified;
			if (date != null) {
				Files.setLastModifiedTime(place, FileTime.from(date));
			}
			committed = true;
		}

		@Override
		public void close() throws IOException {
			if (!closed) {
				closed = true;
				open--;
				out.close();
				if (!committed) {
					Files.deleteIfExists(place);
				}
			}
		}
	}
}
