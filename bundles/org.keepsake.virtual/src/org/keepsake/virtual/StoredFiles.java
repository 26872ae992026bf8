// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import org.keepsake.virtual.internal.content.FileStore;

/**
 * The files in a virtual iPhone's state folder, opened without starting the device, or while it runs in another process.
 * Thread-safe.
 */
public final class StoredFiles implements Closeable {

	private final FileStore store;

	private StoredFiles(FileStore store) {
		this.store = store;
	}

	/** Whether a virtual iPhone has kept its files in this folder. */
	public static boolean isState(Path state) {
		return Files.isRegularFile(state.resolve("files").resolve("files.db"));
	}

	/** Opens them; the caller has seen that {@link #isState}. */
	public static StoredFiles open(Path state) throws IOException {
		return new StoredFiles(FileStore.open(state));
	}

	/** Deletes all that a virtual iPhone keeps in its folder; the device must not be running. */
	public static void reset(Path state) throws IOException {
		if (isState(state)) {
			try (Stream<Path> entries = Files.walk(state)) {
				for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
					if (!entry.equals(state)) {
						Files.delete(entry);
					}
				}
			}
		}
	}

	/** The files, until this is closed. */
	public VirtualFiles files() {
		return store;
	}

	@Override
	public void close() throws IOException {
		store.close();
	}
}
