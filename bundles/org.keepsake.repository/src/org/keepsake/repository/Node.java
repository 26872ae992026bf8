// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * An entry of a folder. Immutable. Source: restic/restic doc/design.rst, "Trees and Data".
 *
 * @param name       one component of a path, decoded; a byte that is no UTF-8 is a character from U+DC80 on
 * @param type       what it is
 * @param mode       permissions and kind in the bits of Go's io/fs.FileMode; see {@link #permissions}
 * @param modified   when its content last changed
 * @param accessed   when it was last read
 * @param changed    when its entry in the file system last changed
 * @param owner      who owns it, and its numbers in the file system
 * @param sizeBytes  a file's length, else 0
 * @param linkTarget where a symbolic link leads, else empty
 * @param content    a file's blobs in order; null for what is no file
 * @param subtree    a folder's tree, else null
 * @param extra      members that Keepsake keeps but does not understand, as JSON text such as
 *                   {@code "extended_attributes":[…]}; empty for none
 */
public record Node(String name, Type type, long mode, Instant modified, Instant accessed, Instant changed, Owner owner,
		long sizeBytes, String linkTarget, @Nullable List<BlobId> content, @Nullable BlobId subtree, String extra) {

	/** The permission bits of {@link #mode}. */
	public static final long PERMISSIONS = 0777;

	private static final long MODE_DIR = 1L << 31;
	private static final long MODE_SYMLINK = 1L << 27;

	/** What an entry is. */
	public enum Type {
		/** A regular file. */
		FILE("file"),
		/** A folder. */
		DIR("dir"),
		/** A symbolic link. */
		SYMLINK("symlink"),
		/** A block device. */
		DEV("dev"),
		/** A character device. */
		CHARDEV("chardev"),
		/** A named pipe. */
		FIFO("fifo"),
		/** A socket. */
		SOCKET("socket"),
		/** Something else. */
		IRREGULAR("irregular");

		private final String word;

		Type(String word) {
			this.word = word;
		}

		/** The word in trees. */
		public String word() {
			return word;
		}
	}

	/**
	 * Who owns an entry, and its numbers in the file system. Numbers are unsigned; 0 for unknown.
	 *
	 * @param uid      number of the user
	 * @param gid      number of the group
	 * @param user     name of the user, or empty
	 * @param group    name of the group, or empty
	 * @param inode    number of the file in its file system
	 * @param deviceId number of the file system
	 * @param links    names that the file has
	 * @param device   for devices, which one
	 */
	public record Owner(long uid, long gid, String user, String group, long inode, long deviceId, long links,
			long device) {

		/** Nothing known. */
		public static final Owner NONE = new Owner(0, 0, "", "", 0, 0, 0, 0);
	}

	/** Copies the list. */
	public Node {
		content = content == null ? null : List.copyOf(content);
	}

	/** A regular file. */
	public static Node file(String name, long permissions, Instant modified, long sizeBytes, List<BlobId> content) {
		return new Node(name, Type.FILE, permissions & PERMISSIONS, modified, modified, modified, Owner.NONE, sizeBytes,
				"", content, null, "");
	}

	/** A folder. */
	public static Node directory(String name, long permissions, Instant modified, BlobId subtree) {
		return new Node(name, Type.DIR, permissions & PERMISSIONS | MODE_DIR, modified, modified, modified, Owner.NONE,
				0, "", null, subtree, "");
	}

	/** A symbolic link. */
	public static Node symbolicLink(String name, Instant modified, String target) {
		return new Node(name, Type.SYMLINK, PERMISSIONS | MODE_SYMLINK, modified, modified, modified, Owner.NONE, 0,
				target, null, null, "");
	}

	/** The nine permission bits. */
	public int permissions() {
		return (int) (mode & PERMISSIONS);
	}

	/** The same under another name. */
	public Node withName(String other) {
		return new Node(other, type, mode, modified, accessed, changed, owner, sizeBytes, linkTarget, content, subtree,
				extra);
	}

	/** The same folder with another tree. */
	public Node withSubtree(BlobId other) {
		return new Node(name, type, mode, modified, accessed, changed, owner, sizeBytes, linkTarget, content, other,
				extra);
	}

	/** The same with other times and owner. */
	public Node withTimes(Instant access, Instant change, Owner by) {
		return new Node(name, type, mode, modified, access, change, by, sizeBytes, linkTarget, content, subtree, extra);
	}
}
