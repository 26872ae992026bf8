// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.keepsake.core.JobMonitor;
import org.keepsake.target.local.LocalProblems;

/** Tries out what keeping backups needs of a folder, in a folder of its own that is removed afterwards. */
final class PlaceCheck {

	private static final List<String> SERVERS = List.of("nfs", "cifs", "smb", "afp", "webdav", "davfs", "sshfs", "9p");
	private static final List<String> FOUR_GIGABYTES = List.of("vfat", "msdos", "fat32", "fat");

	private final Layout layout;
	private final Medium medium;
	private final List<String> sentences = new ArrayList<>();

	PlaceCheck(Layout layout, Medium medium) {
		this.layout = layout;
		this.medium = medium;
	}

	/** Sentences for a person. @throws IOException if backups cannot be kept here */
	List<String> run() throws IOException {
		Path own = layout.own();
		boolean used = Files.exists(own);
		Path trial = own.resolve("check-" + UUID.randomUUID());
		Files.createDirectories(trial);
		try {
			write(trial);
			links(trial);
			cases(trial);
			locks(trial);
		} finally {
			Eraser.erase(trial, JobMonitor.NONE);
			if (!used && Layout.children(own).isEmpty()) {
				Files.deleteIfExists(own);
			}
		}
		store();
		return List.copyOf(sentences);
	}

	private void write(Path trial) throws IOException {
		String text = "Keepsake writes, renames and reads back this file. " + UUID.randomUUID();
		Path file = trial.resolve("written");
		SmallFile.write(file, "to be replaced");
		SmallFile.write(file, text);
		Path folder = Files.createDirectory(trial.resolve("folder"));
		Path renamed = trial.resolve("renamed");
		Files.move(file, folder.resolve("file"), StandardCopyOption.ATOMIC_MOVE);
		Files.move(folder, renamed, StandardCopyOption.ATOMIC_MOVE);
		if (!SmallFile.read(renamed.resolve("file")).orElse("").equals(text)) {
			throw LocalProblems.IO_FAILED.exception(layout.folder(), "A file came back with other content.");
		}
		sentences.add(Texts.WRITES.text(layout.folder()));
	}

	private void links(Path trial) {
		try {
			medium.link(trial.resolve("renamed").resolve("file"), trial.resolve("second"));
			sentences.add(Texts.LINKS.text());
		} catch (IOException | UnsupportedOperationException _) {
			sentences.add(Texts.NO_LINKS.text());
		}
	}

	private void cases(Path trial) {
		sentences.add(Files.exists(trial.resolve("RENAMED")) ? Texts.NO_CASE.text() : Texts.CASE.text());
	}

	private void locks(Path trial) {
		try (java.nio.channels.FileChannel channel = java.nio.channels.FileChannel.open(trial.resolve("lock"),
				java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
			channel.tryLock();
		} catch (IOException _) {
			sentences.add(Texts.NO_LOCKS.text());
		}
	}

	private void store() throws IOException {
		FileStore store = Files.getFileStore(layout.folder());
		String type = store.type().toLowerCase(Locale.ROOT);
		if (SERVERS.stream().anyMatch(type::contains)) {
			sentences.add(Texts.NETWORK.text(store.type()));
		}
		if (FOUR_GIGABYTES.contains(type)) {
			sentences.add(Texts.SMALL_FILES.text(store.type()));
		}
		sentences.add(Texts.FREE.text(Trouble.bytes(medium.usableBytes(store)), Trouble.bytes(store.getTotalSpace())));
	}
}
