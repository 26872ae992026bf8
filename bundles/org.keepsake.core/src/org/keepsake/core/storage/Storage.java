// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.keepsake.core.ProblemException;
import org.keepsake.core.target.Capacity;

/**
 * A store of blobs by name. Thread-safe: a repository puts and gets from several threads at once. Calls block; a thread
 * that is interrupted ends its call with an {@link java.io.InterruptedIOException}.
 *
 * <p>
 * Names are those of the restic repository format: {@code config}, or {@code keys/…}, {@code locks/…},
 * {@code snapshots/…}, {@code index/…}, {@code data/…} with 64 hexadecimal digits. How a store lays them out (such as
 * {@code data/ab/ab12…} in a folder) is its own affair, as restic does for that kind of store.
 *
 * <p>
 * What can pass, such as a broken connection or a busy server, is tried again inside, with growing pauses, before it
 * becomes an exception. What a person can mend is a {@link org.keepsake.core.ProblemException} of
 * {@link StorageProblems}.
 */
public interface Storage extends Closeable {

	/** Where it is, for a person; holds no password. */
	String location();

	/** Whether reading is as quick as from a disk of this computer, so that copies kept here would be a waste. */
	default boolean isNear() {
		return false;
	}

	/**
	 * Whether the place is there: the folder, the share, the bucket. Makes nothing. A kind of store that cannot tell an
	 * empty place from none says so only of one that has a config.
	 */
	default boolean isThere() throws IOException {
		if (size("config").isPresent()) {
			return true;
		}
		try {
			list("locks", (_, _) -> false);
			return true;
		} catch (ProblemException e) {
			if (e.is(StorageProblems.NO_SUCH_PLACE)) {
				return false;
			}
			throw e;
		}
	}

	/** Prepares an empty place: makes folders, or a bucket if it may. Without effect if it is prepared. */
	void create() throws IOException;

	/**
	 * Puts a blob: wholly or not at all, durably, whatever ends the call. It is there for all readers when this returns.
	 *
	 * @throws StorageException {@code EXISTS} if there is one of that name already, which stays as it is
	 */
	void put(String name, BlobSource content) throws IOException;

	/**
	 * Reads a part of a blob.
	 *
	 * @param offset 0 or more
	 * @param length bytes wanted; -1 for all to the end
	 * @return exactly that many bytes, then the end; ends with an {@link java.io.EOFException} if the blob is shorter
	 * @throws StorageException {@code NOT_FOUND}
	 */
	InputStream get(String name, long offset, long length) throws IOException;

	/** The length of a blob; empty if there is none. */
	Optional<Long> size(String name) throws IOException;

	/**
	 * Visits all blobs of a kind, in no particular order, streaming. Files that are no blobs are passed over.
	 *
	 * @param kind such as {@code data}; the config is not listed
	 */
	void list(String kind, Visitor visitor) throws IOException;

	/**
	 * Deletes a blob; without effect if it is not there.
	 *
	 * @throws StorageException {@code FORBIDDEN} where the store, or these credentials, may only add
	 */
	void delete(String name) throws IOException;

	/**
	 * Removes the folders in which a blob lay, as far as nothing is in them, but never the place itself. Only a check of
	 * a place without a repository calls it, for a blob that the check has put and deleted. What cannot be removed stays.
	 */
	default void removeEmptyFolders(String name) throws IOException {
		// There are none.
	}

	/**
	 * Tries to replace a blob as somebody would who has these credentials and means harm: without a look whether it is
	 * there, and without a condition. Only a check of the store calls it, for a blob that the check has put.
	 *
	 * @return whether this kind of store could try; then it is replaced if no exception was thrown
	 * @throws StorageException {@code FORBIDDEN} or {@code EXISTS} where the store refuses
	 */
	default boolean overwrite(String name, BlobSource content) throws IOException {
		return false;
	}

	/**
	 * Removes what was left half-written, a day ago or more, by those who died over it, where a store keeps such a thing.
	 * Called by whoever has a repository for himself. What cannot be removed stays.
	 */
	default void tidy() throws IOException {
		// Nothing is left.
	}

	/** Room left; empty where the store cannot tell. */
	Optional<Capacity> capacity() throws IOException;

	/** Receives blobs one by one. */
	@FunctionalInterface
	interface Visitor {
		/** @return false to end the visit */
		boolean visit(String name, long sizeBytes) throws IOException;
	}
}
