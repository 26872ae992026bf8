// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.keepsake.testing.Programs;

/** A disk of its own for a folder, which can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {

	private static final int BLOCK = 1 << 16;

	private final Path folder;
	private final Thread atEnd = new Thread(this::unmount);
	private boolean mounted = true;

	private SmallDisk(Path folder) {
		this.folder = folder;
		Runtime.getRuntime().addShutdownHook(atEnd);
	}

	/**
	 * Mounts it; skips the test, and says so, where that needs more rights: also in continuous integration, as this is no
	 * program that could be installed.
	 */
	static SmallDisk at(Path folder, int megabytes) throws IOException {
		Files.createDirectories(folder);
		String refused = "";
		try {
			Programs.run(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "keepsake-test",
					folder.toString()));
		} catch (IOException e) {
			refused = String.valueOf(e.getMessage());
		}
		if (!refused.isEmpty()) {
			String reason = "No disk can be mounted here, which root may: " + refused;
			System.out.println("Skipped: " + reason);
			abort(reason);
		}
		return new SmallDisk(folder);
	}

	/** Fills it, as other people's files would. */
	void fill() throws IOException {
		byte[] block = new byte[BLOCK];
		try (OutputStream out = Files.newOutputStream(filling())) {
			while (Files.getFileStore(folder).getUsableSpace() > 0) {
				out.write(block, 0, (int) Math.min(BLOCK, Files.getFileStore(folder).getUsableSpace()));
			}
		} catch (IOException e) {
			if (Files.getFileStore(folder).getUsableSpace() > 0) {
				throw e;
			}
		}
	}

	/** Makes the room that was filled. */
	void clear() throws IOException {
		Files.delete(filling());
	}

	private Path filling() {
		return folder.resolve("filling");
	}

	private synchronized void unmount() {
		if (mounted) {
			mounted = false;
			try {
				Programs.run(new ProcessBuilder("umount", "-l", folder.toString()));
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	@Override
	public void close() {
		unmount();
		Runtime.getRuntime().removeShutdownHook(atEnd);
	}
}
