// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeEntry.Kind;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.ContentWriter;

/**
 * A file: about 100 bytes of memory besides its name. Its content is in the repository, or held here while it is small
 * and may soon be written anew.
 */
final class FileEntry implements Entry {

	private final String name;
	private final long modified;
	private final long size;
	/** Null for nothing, a {@link BlobId}, several of them, what is still being stored, or the bytes. */
	private @Nullable Object content;
	private final boolean fromBase;

	private FileEntry(String name, long modified, long size, @Nullable Object content, boolean fromBase) {
		this.name = name;
		this.modified = modified;
		this.size = size;
		this.content = content;
		this.fromBase = fromBase;
	}

	/** A file whose content is in the repository. @param fromBase whether the folder's stored tree has it so */
	static FileEntry stored(String name, long modified, long size, List<BlobId> blobs, boolean fromBase) {
		return new FileEntry(name, modified, size, compact(blobs), fromBase);
	}

	/** A file whose content is on its way into the repository. */
	static FileEntry coming(String name, long modified, long size, ContentWriter.Later content) {
		return new FileEntry(name, modified, size, content, false);
	}

	private static @Nullable Object compact(List<BlobId> blobs) {
		return switch (blobs.size()) {
			case 0 -> null;
			case 1 -> blobs.getFirst();
			default -> blobs.toArray(BlobId[]::new);
		};
	}

	/** A file whose content is held here. @param bytes not copied */
	static FileEntry held(String name, long modified, byte[] bytes) {
		return new FileEntry(name, modified, bytes.length, bytes.length == 0 ? null : bytes, false);
	}

	/** The same content under another name. */
	FileEntry as(String other) {
		return new FileEntry(other, modified, size, content, false);
	}

	@Override
	public String name() {
		return name;
	}

	/** When it was written, in milliseconds since 1970. */
	long modified() {
		return modified;
	}

	/** Its length in bytes. */
	long size() {
		return size;
	}

	/** Whether the stored tree of its folder has it exactly so. */
	boolean isFromBase() {
		return fromBase;
	}

	/** Its content, if it is held here; not to be changed. */
	byte @Nullable [] heldBytes() {
		return content instanceof byte[] bytes ? bytes : null;
	}

	/** How many bytes are held here. */
	int heldSize() {
		return content instanceof byte[] bytes ? bytes.length : 0;
	}

	/** Its blobs, unless its content is held here; waits until they are stored. */
	List<BlobId> blobs() throws IOException {
		if (content instanceof ContentWriter.Later later) {
			content = compact(later.get().blobs());
		}
		return switch (content) {
			case BlobId one -> List.of(one);
			case BlobId[] several -> List.of(several);
			case null, default -> List.of();
		};
	}

	/** Whether it is known to have the same content. */
	boolean sameContent(FileEntry other) throws IOException {
		return size == other.size && heldBytes() == null && other.heldBytes() == null && blobs().equals(other.blobs());
	}

	@Override
	public TreeEntry told() {
		return new TreeEntry(name, Kind.FILE, size, Entry.time(modified));
	}
}
