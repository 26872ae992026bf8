// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.disk.FullDisk;
import org.keepsake.ios.backup.BackupProblems;

/** What stands behind {@link org.keepsake.ios.backup.FolderOutput}: names, numbers for those used, whole files only. */
public final class ExportFolder implements Closeable {

	private static final int MAX_NAME = 180;
	private static final int MAX_EXTENSION = 16;

	private final OutputFolder folder;
	private final SafeNames safeNames = SafeNames.ofThisSystem();
	/* As a file system sees them that knows neither case nor composition. */
	private final Set<String> used = new HashSet<>();
	private final Map<String, Integer> numbers = new HashMap<>();
	private long files;
	private long bytes;

	private ExportFolder(OutputFolder folder) {
		this.folder = folder;
	}

	/** Makes the folder if need be. */
	public static ExportFolder open(Path folder) throws IOException {
		return new ExportFolder(OutputFolder.open(folder));
	}

	/** Begins a file. @param modified null for now */
	public Part begin(String path, @Nullable Instant modified) throws IOException {
		List<String> names = names(path);
		number(names);
		try {
			return new Part(folder.create(names), String.join("/", names),
					modified == null ? Clock.systemUTC().instant() : modified);
		} catch (IOException e) {
			throw failure(e);
		}
	}

	/** Files committed. */
	public long files() {
		return files;
	}

	/** Bytes of these. */
	public long bytes() {
		return bytes;
	}

	/** The components, each fit to be a name; those that lead nowhere or upwards are left out. */
	private List<String> names(String path) {
		List<String> names = new ArrayList<>();
		for (String name : path.split("[/\\\\]", -1)) {
			if (!name.isBlank() && !name.equals(".") && !name.equals("..")) {
				names.add(shortened(safeNames.safe(name)));
			}
		}
		if (names.isEmpty()) {
			names.add("_");
		}
		return names;
	}

	/** What no file system holds is cut; the extension stays. */
	private static String shortened(String name) {
		if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= MAX_NAME) {
			return name;
		}
		String extension = extension(name);
		StringBuilder kept = new StringBuilder();
		int room = MAX_NAME - extension.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
		for (int c : name.substring(0, name.length() - extension.length()).codePoints().toArray()) {
			room -= Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
			if (room < 0) {
				break;
			}
			kept.appendCodePoint(c);
		}
		return kept.append(extension).toString();
	}

	private static String extension(String name) {
		int dot = name.lastIndexOf('.');
		return dot <= 0 || name.length() - dot > MAX_EXTENSION ? "" : name.substring(dot);
	}

	private void number(List<String> names) {
		String above = String.join("/", names.subList(0, names.size() - 1));
		String name = names.getLast();
		String extension = extension(name);
		String stem = name.substring(0, name.length() - extension.length());
		String first = folded(above + '/' + name);
		int number = numbers.getOrDefault(first, Integer.valueOf(1)).intValue();
		String free = name;
		while (!used.add(folded(above + '/' + free))) {
			number++;
			free = stem + " (" + number + ')' + extension;
		}
		if (number > 1) {
			numbers.put(first, Integer.valueOf(number));
		}
		names.set(names.size() - 1, free);
	}

	private static String folded(String path) {
		return Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

	/** What a person is told: what fails here is the folder's fault, and neither the backup's nor that of its records. */
	private IOException failure(IOException e) {
		if (FullDisk.isToldBy(e)) {
			return BackupProblems.NO_SPACE.exceptionBecause(e, folder.root(), Texts.text("space.output"));
		}
		return BackupProblems.NOT_WRITABLE.exceptionBecause(e, folder.root(),
				Texts.text(Files.isDirectory(folder.root()) ? "output.denied" : "output.gone"));
	}

	@Override
	public void close() throws IOException {
		try {
			folder.close();
		} catch (IOException e) {
			throw failure(e);
		}
	}

	/** A file that is being written. */
	public final class Part implements Closeable {

		private final OutputFolder.Output output;
		private final String path;
		private final Instant modified;
		private long written;

		Part(OutputFolder.Output output, String path, Instant modified) {
			this.output = output;
			this.path = path;
			this.modified = modified;
		}

		/** Relative, as it really is. */
		public String path() {
			return path;
		}

		/** Takes the content, unbuffered. */
		public OutputStream content() {
			return new OutputStream() {
				@Override
				public void write(int b) throws IOException {
					write(new byte[] { (byte) b }, 0, 1);
				}

				@Override
				public void write(byte @Nullable [] content, int offset, int length) throws IOException {
					if (content == null) {
						throw new IllegalArgumentException("No content");
					}
					try {
						output.write(content, offset, length);
					} catch (IOException e) {
						throw failure(e);
					}
					written += length;
				}
			};
		}

		/** Gives it its date and name. */
		public void commit() throws IOException {
			try {
				output.finish(modified);
			} catch (IOException e) {
				throw failure(e);
			}
			files++;
			bytes += written;
		}

		@Override
		public void close() throws IOException {
			try {
				output.close();
			} catch (IOException e) {
				throw failure(e);
			}
		}
	}
}
