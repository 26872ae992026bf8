// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.dataset.base.ExportedFiles;

/**
 * Makes JPEG files of HEIC files by a program of the system. A program and not a library in this process: what a stranger
 * sent can bring a decoder in native code down, and then it is only that program which ends. The picture is handed over
 * in a private folder that is gone afterwards.
 */
final class JpegConverter {

	private static final int MOST_SECONDS = 120;
	private static final String ORIGINAL = "picture.heic";
	private static final String RESULT = "picture.jpg";
	/** What libheif's program makes of a file with several pictures. */
	private static final String FIRST_RESULT = "picture-1.jpg";

	private final Program program;

	private JpegConverter(Program program) {
		this.program = program;
	}

	/** Looks for a program on the path for programs; empty if there is none. */
	static Optional<JpegConverter> find(@Nullable String path) {
		for (Kind kind : Kind.values()) {
			for (String folder : path == null ? new String[0] : path.split(Pattern.quote(File.pathSeparator))) {
				for (String name : List.of(kind.file, kind.file + ".exe")) {
					@Nullable
					Path file = executable(folder, name);
					if (file != null) {
						return Optional.of(new JpegConverter(new Program(kind, file)));
					}
				}
			}
		}
		return Optional.empty();
	}

	private static @Nullable Path executable(String folder, String name) {
		try {
			Path file = Path.of(folder, name);
			// The current folder is no place to find programs in.
			return file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file) ? file : null;
		} catch (InvalidPathException e) {
			return null;
		}
	}

	/**
	 * Writes the picture as JPEG.
	 *
	 * @return false if it cannot be read or converted, also for lack of room for temporary files; nothing was written then
	 */
	boolean convert(BackupContent content, ContentFile file, OutputStream out, JobMonitor monitor) throws IOException {
		Path folder;
		try {
			folder = Files.createTempDirectory("keepsake-picture");
		} catch (IOException e) {
			return false;
		}
		try {
			if (!copy(content, file, folder.resolve(ORIGINAL)) || !run(folder, monitor)) {
				return false;
			}
			for (String name : List.of(RESULT, FIRST_RESULT)) {
				Path result = folder.resolve(name);
				if (Files.isRegularFile(result) && Files.size(result) > 0) {
					Files.copy(result, out);
					return true;
				}
			}
			return false;
		} finally {
			delete(folder);
		}
	}

	/** @return false if it cannot be read, or not be written; that the place of the backup fails is thrown */
	static boolean copy(BackupContent content, ContentFile file, Path original) throws IOException {
		try (Temporary copy = new Temporary(original)) {
			try {
				return ExportedFiles.copy(content, file, copy) && copy.end();
			} catch (IOException e) {
				if (copy.failed) {
					return false;
				}
				throw e;
			}
		}
	}

	/** A temporary file, whose failures are told from those of what it is filled with. */
	private static final class Temporary extends OutputStream {

		private final Path file;
		private @Nullable OutputStream out;
		private boolean failed;

		Temporary(Path file) {
			this.file = file;
		}

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
			try {
				OutputStream opened = out;
				if (opened == null) {
					opened = Files.newOutputStream(file);
					out = opened;
				}
				if (bytes != null) {
					opened.write(bytes, offset, length);
				}
			} catch (IOException e) {
				failed = true;
				throw e;
			}
		}

		/** @return false if not all of it was written */
		boolean end() {
			close();
			return !failed;
		}

		@Override
		public void close() {
			OutputStream opened = out;
			out = null;
			try {
				if (opened != null) {
					opened.close();
				}
			} catch (IOException e) {
				failed = true;
			}
		}
	}

	private boolean run(Path folder, JobMonitor monitor) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(program.command()).directory(folder.toFile())
				.redirectInput(Redirect.PIPE).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
		Process process;
		try {
			process = builder.start();
		} catch (IOException e) {
			return false;
		}
		try (JobMonitor.Registration _ = monitor.onCancel(process::destroyForcibly)) {
			process.getOutputStream().close();
			if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
				return false;
			}
			monitor.throwIfCancelled();
			return process.exitValue() == 0;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted");
		} finally {
			end(process);
		}
	}

	/** What still runs must not hold the folder that is deleted next. */
	private static void end(Process process) {
		if (process.isAlive()) {
			process.destroyForcibly().onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(_ -> process).join();
		}
	}

	private static void delete(Path folder) throws IOException {
		List<Path> files = new ArrayList<>();
		try (var listing = Files.newDirectoryStream(folder)) {
			listing.forEach(files::add);
		}
		for (Path file : files) {
			Files.delete(file);
		}
		Files.delete(folder);
	}

	/** The programs that are known, the best first. */
	private enum Kind {
		LIBHEIF_NEW("heif-dec"), LIBHEIF("heif-convert"), MACOS("sips"), IMAGE_MAGICK("magick");

		private final String file;

		Kind(String file) {
			this.file = file;
		}
	}

	/** A program that is there. */
	private record Program(Kind kind, Path file) {

		List<String> command() {
			return switch (kind) {
				case LIBHEIF_NEW, LIBHEIF -> List.of(file.toString(), "-q", "92", ORIGINAL, RESULT);
				case MACOS -> List.of(file.toString(), "-s", "format", "jpeg", "-s", "formatOptions", "92", ORIGINAL,
						"--out", RESULT);
				case IMAGE_MAGICK -> List.of(file.toString(), "heic:" + ORIGINAL, "-quality", "92", RESULT);
			};
		}
	}
}
