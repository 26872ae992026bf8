// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;

/**
 * The files of one backup that was opened, and unlocked if need be, as a data set sees them. Nothing in it changes the
 * backup. Thread-safe. Whoever got it does not close it.
 *
 * <p>
 * All methods that read throw {@link org.keepsake.core.ProblemException} where a person can do something about it, such
 * as a file that is damaged or missing, and a plain {@link IOException} where the place it is read from fails. Both may be
 * passed on: a plain one makes the data set unreadable, and the person is told to look at the place.
 */
public interface BackupContent {

	/** What the backup says of itself: the device, its iOS, whether it is encrypted. */
	BackupSummary summary();

	/** The regular file of this name; empty if the backup has none. Cheap. */
	Optional<ContentFile> find(String domain, String path) throws IOException;

	/**
	 * Visits the regular files in the index's order, streaming.
	 *
	 * @param domain exact domain, or a glob such as {@code AppDomain-*}; null for all
	 * @param path   glob over the path: {@code *} within a component, {@code **} across; null for all
	 */
	void forEach(@Nullable String domain, @Nullable String path, FileVisitor visitor) throws IOException;

	/** The file's content, decrypted on the fly and checked before its last bytes are handed out. */
	InputStream open(ContentFile file) throws IOException;

	/**
	 * The file's content, for reading at any position, decrypted on the fly. What was read in order from the beginning to
	 * the end is checked as by {@link #open}; what is read here and there is not.
	 */
	SeekableByteChannel channel(ContentFile file) throws IOException;

	/**
	 * Opens a SQLite database with its write-ahead log, if the backup has one. Costs a decrypted private copy the first
	 * time it is asked for; the copies are gone when the backup is closed, and after a crash at the next start.
	 */
	ContentDatabase database(ContentFile file) throws IOException;

	/**
	 * The files of the backup itself that describe the device and what is installed, such as {@code Info.plist} and
	 * {@code Manifest.plist}; never the key bag.
	 *
	 * @param name such as {@code Info.plist}
	 * @return empty if there is none
	 */
	Optional<InputStream> description(String name) throws IOException;

	/**
	 * Opens a key that is wrapped by a class key of the backup's key bag, as the items of its keychain are.
	 *
	 * @param protectionClass 1 to 11
	 * @param wrapped         the wrapped key as recorded
	 * @return the key, which the caller wipes; null if it does not open, or the backup is not encrypted
	 */
	byte @Nullable [] unwrap(int protectionClass, byte[] wrapped);

	/**
	 * What several data sets share for as long as the backup is open, such as the names of people by number: made by
	 * whoever needs it first, once, and then the same for all. Closed with the backup if it can be.
	 */
	<T> T shared(Class<T> type, Maker<T> maker) throws IOException;

	/** Receives files one by one. */
	@FunctionalInterface
	interface FileVisitor {
		/** @return false to end the visit */
		boolean visit(ContentFile file) throws IOException;
	}

	/** Makes what is shared. @param <T> what it makes */
	@FunctionalInterface
	interface Maker<T> {
		/** Makes it. */
		T make(BackupContent content) throws IOException;
	}
}
