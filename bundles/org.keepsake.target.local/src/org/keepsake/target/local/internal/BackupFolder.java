// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

import org.keepsake.core.target.SnapshotId;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListParser;

/**
 * The few things that keeping a backup must know of its folder, read from {@code Status.plist} (written by the device)
 * and from what is there. What a backup says of itself is the business of {@code org.keepsake.ios.backup}.
 *
 * @param path the backup's folder
 */
record BackupFolder(Path path) {

	/** What the device writes into {@code Status.plist} when a backup is whole. */
	private static final String FINISHED = "finished";
	private static final int MAX_STATUS = 1 << 20;
	private static final int MAX_MANIFEST = 64 << 20;

	/** Whether this is a folder, and no link to one, with at least one of the files a device leaves in a backup. */
	boolean looksLikeBackup() {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
				&& (isFile("Status.plist") || isFile("Manifest.plist") || hasIndex());
	}

	/**
	 * A name for this state of the backup, the same wherever the folder lies: the first 128 bits of the SHA-256 over
	 * {@code Status.plist} and {@code Manifest.plist}, each with its length before it. The device renews identifiers
	 * and dates in both with every run.
	 */
	SnapshotId id() throws IOException {
		MessageDigest digest = sha256();
		update(digest, "Status.plist");
		update(digest, "Manifest.plist");
		return new SnapshotId(HexFormat.of().formatHex(digest.digest(), 0, 16));
	}

	/** The {@code SnapshotState} the device recorded last; empty if there is none to be read. */
	String state() throws IOException {
		return dictionary("Status.plist", MAX_STATUS)
				.map(status -> status.get("SnapshotState") instanceof NSString state ? state.getContent() : "")
				.orElse("");
	}

	/** Whether the device finished it and its index is there: it can be restored. */
	boolean isComplete() throws IOException {
		return missing().isEmpty();
	}

	/** What stands against a restore, for a person; empty if nothing does. */
	Optional<String> missing() throws IOException {
		String state = state();
		if (!state.equals(FINISHED)) {
			return Optional.of(
					state.isEmpty() ? "Status.plist cannot be read." : "Its state is \u201c" + state + "\u201d.");
		}
		if (dictionary("Manifest.plist", MAX_MANIFEST).isEmpty()) {
			return Optional.of("Manifest.plist cannot be read.");
		}
		return hasIndex() ? Optional.empty() : Optional.of("The index of its files is missing.");
	}

	/**
	 * Whether a device can go on from here. It cannot from a state that no device leaves: no or an unreadable
	 * {@code Status.plist}, or a finished backup without its manifest.
	 */
	boolean canBeContinued() throws IOException {
		String state = state();
		return !state.isEmpty() && (!state.equals(FINISHED) || isComplete());
	}

	/** When the device last wrote its state, as far as the file system knows; null without one. */
	@org.eclipse.jdt.annotation.Nullable
	Instant changed() throws IOException {
		Path status = path.resolve("Status.plist");
		return Files.exists(status, LinkOption.NOFOLLOW_LINKS)
				? Files.getLastModifiedTime(status, LinkOption.NOFOLLOW_LINKS).toInstant()
				: null;
	}

	/** When the device says it made the backup, or when the state was last written. */
	Instant made() throws IOException {
		Optional<NSDictionary> status = dictionary("Status.plist", MAX_STATUS);
		if (status.isPresent() && status.get().get("Date") instanceof com.dd.plist.NSDate date) {
			return date.getDate().toInstant();
		}
		Instant changed = changed();
		return changed != null ? changed : Files.getLastModifiedTime(path).toInstant();
	}

	/** The property list, if it is there, within the limit, and can be read as a dictionary. */
	Optional<NSDictionary> dictionary(String name, int limit) throws IOException {
		Optional<byte[]> bytes = SmallFile.read(path.resolve(name), limit);
		if (bytes.isEmpty() || bytes.get().length == 0) {
			return Optional.empty();
		}
		try {
			return PropertyListParser.parse(bytes.get()) instanceof NSDictionary found ? Optional.of(found)
					: Optional.empty();
		} catch (Exception | StackOverflowError _) { // the parser throws whatever damaged input makes it throw
			return Optional.empty();
		}
	}

	/** Whether the regular file is there. */
	boolean isFile(String name) {
		return Files.isRegularFile(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
	}

	private boolean hasIndex() {
		return isFilled("Manifest.db") || isFilled("Manifest.mbdb");
	}

	private boolean isFilled(String name) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path.resolve(name), BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return attributes.isRegularFile() && attributes.size() > 0;
		} catch (IOException _) {
			return false;
		}
	}

	private void update(MessageDigest digest, String name) throws IOException {
		if (!isFile(name)) {
			digest.update(new byte[8]);
			return;
		}
		Path file = path.resolve(name);
		digest.update(java.nio.ByteBuffer.allocate(8).putLong(0, Files.size(file)));
		try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
			byte[] buffer = new byte[16 * 1024];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				digest.update(buffer, 0, n);
			}
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
