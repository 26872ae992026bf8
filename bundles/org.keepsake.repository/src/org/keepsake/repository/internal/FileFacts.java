// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.Node;

/** What the file system says of a file, in the format's terms. Thread-safe. */
final class FileFacts {

	private static final String UNIX = "unix:mode,ino,dev,nlink,uid,gid,ctime,size,lastModifiedTime,isRegularFile,"
			+ "isDirectory,isSymbolicLink";
	private static final long GO_DIR = 1L << 31;
	private static final long GO_SYMLINK = 1L << 27;
	private static final long GO_SETUID = 1L << 23;
	private static final long GO_SETGID = 1L << 22;
	private static final long GO_STICKY = 1L << 20;

	private final Map<Object, String> users = new ConcurrentHashMap<>();
	private final Map<Object, String> groups = new ConcurrentHashMap<>();
	private volatile boolean unix = true;

	/** A file's facts; for a folder without its tree, for a file without its content. */
	record Facts(Node.Type type, long mode, Instant modified, Instant changed, Node.Owner owner, long size) {

		Node node(String name) {
			return new Node(name, type, mode, modified, modified, changed, owner, type == Node.Type.FILE ? size : 0, "",
					null, null, "");
		}
	}

	Facts read(Path path) throws IOException {
		if (unix) {
			try {
				return unix(path, Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS));
			} catch (UnsupportedOperationException | IllegalArgumentException e) {
				unix = false;
			}
		}
		return basic(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
	}

	private Facts unix(Path path, Map<String, Object> all) {
		long bits = number(all.get("mode"));
		long mode = bits & 0777 | ((bits & 04000) != 0 ? GO_SETUID : 0) | ((bits & 02000) != 0 ? GO_SETGID : 0)
				| ((bits & 01000) != 0 ? GO_STICKY : 0);
		Node.Type type = Boolean.TRUE.equals(all.get("isRegularFile")) ? Node.Type.FILE
				: Boolean.TRUE.equals(all.get("isDirectory")) ? Node.Type.DIR
						: Boolean.TRUE.equals(all.get("isSymbolicLink")) ? Node.Type.SYMLINK : Node.Type.IRREGULAR;
		mode |= type == Node.Type.DIR ? GO_DIR : type == Node.Type.SYMLINK ? GO_SYMLINK : 0;
		Object uid = all.get("uid");
		Object gid = all.get("gid");
		String user = uid == null ? "" : users.computeIfAbsent(uid, id -> name(path, "owner"));
		String group = gid == null ? "" : groups.computeIfAbsent(gid, id -> name(path, "group"));
		long links = number(all.get("nlink"));
		// restic 0.17 and later name the file system only where a file has several names.
		long device = links > 1 && type != Node.Type.DIR ? number(all.get("dev")) : 0;
		Node.Owner owner = new Node.Owner(number(uid), number(gid), user, group, number(all.get("ino")), device, links,
				0);
		return new Facts(type, mode, time(all.get("lastModifiedTime")), time(all.get("ctime")), owner,
				number(all.get("size")));
	}

	private static String name(Path path, String whose) {
		try {
			String name = String.valueOf(Files.getAttribute(path, "unix:" + whose, LinkOption.NOFOLLOW_LINKS));
			return name.chars().allMatch(Character::isDigit) ? "" : name;
		} catch (IOException e) {
			return "";
		}
	}

	private static long number(@Nullable Object value) {
		return value instanceof Number number ? number.longValue() & (value instanceof Integer ? 0xffffffffL : -1L) : 0;
	}

	private static Instant time(@Nullable Object value) {
		return value instanceof FileTime time ? time.toInstant() : GoTime.ZERO;
	}

	private static Facts basic(BasicFileAttributes all) {
		Instant modified = all.lastModifiedTime().toInstant();
		Node.Type type = all.isRegularFile() ? Node.Type.FILE
				: all.isDirectory() ? Node.Type.DIR : all.isSymbolicLink() ? Node.Type.SYMLINK : Node.Type.IRREGULAR;
		long mode = type == Node.Type.DIR ? 0755 | GO_DIR : type == Node.Type.SYMLINK ? 0777 | GO_SYMLINK : 0644;
		return new Facts(type, mode, modified, modified, Node.Owner.NONE, all.size());
	}
}
