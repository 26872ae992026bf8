// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.keepsake.virtual.VirtualFile;
import org.eclipse.jdt.annotation.Nullable;

/**
 * {@code Manifest.mbdb}, the index of backups before iOS 10: big endian records one after the other. Sources:
 * dunhamsteve/ios {@code backup/backup.go}, pyiosbackup {@code manifest_dbs/mbdb.py}.
 */
final class Mbdb {

	private static final byte[] MAGIC = { 'm', 'b', 'd', 'b', 5, 0 };
	private static final int ABSENT = 0xFFFF;

	private Mbdb() {
	}

	/** Writes the rows of a manifest. */
	static void write(ManifestDb manifest, Path file) throws IOException {
		try (DataOutputStream out = new DataOutputStream(
				new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
			out.write(MAGIC);
			manifest.forEach("1", "domain, relativePath", row -> {
				MbFile entry = MbFile.decode(row.file());
				text(out, row.domain());
				text(out, row.path());
				text(out, entry.target());
				bytes(out, entry.digest());
				bytes(out, entry.encryptionKey());
				out.writeShort(entry.mode());
				out.writeLong(entry.inode());
				out.writeInt(entry.uid());
				out.writeInt(entry.gid());
				out.writeInt((int) entry.modified());
				out.writeInt((int) entry.changed());
				out.writeInt((int) entry.born());
				out.writeLong(entry.size());
				out.writeByte(entry.protectionClass());
				byte[] attributes = entry.attributes();
				out.writeByte(attributes == null ? 0 : 1);
				if (attributes != null) {
					text(out, "com.apple.metadata");
					bytes(out, attributes);
				}
			});
		}
	}

	private static void text(DataOutputStream out, @Nullable String text) throws IOException {
		bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
	}

	private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
		out.writeShort(bytes == null ? ABSENT : bytes.length);
		if (bytes != null) {
			out.write(bytes);
		}
	}

	/**
	 * Reads an index into a manifest.
	 *
	 * @throws BackupFailure 205 if it is none
	 */
	static void read(Path file, ManifestDb manifest) throws IOException {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
			if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Invalid manifest");
			}
			while (true) {
				in.mark(1);
				if (in.read() < 0) {
					return;
				}
				in.reset();
				record(in, manifest);
			}
		} catch (EOFException e) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Manifest ends in the middle of a record");
		}
	}

	private static void record(DataInputStream in, ManifestDb manifest) throws IOException {
		String domain = text(in);
		String path = text(in);
		String target = text(in);
		byte[] digest = bytes(in);
		byte[] key = bytes(in);
		int mode = in.readUnsignedShort();
		long inode = in.readLong();
		int uid = in.readInt();
		int gid = in.readInt();
		long modified = Integer.toUnsignedLong(in.readInt());
		long changed = Integer.toUnsignedLong(in.readInt());
		long born = Integer.toUnsignedLong(in.readInt());
		long size = in.readLong();
		int protectionClass = in.readUnsignedByte();
		byte[] attributes = null;
		for (int count = in.readUnsignedByte(); count > 0; count--) {
			bytes(in);
			attributes = bytes(in);
		}
		MbFile entry = new MbFile(path == null ? "" : path, target, digest, key, protectionClass, mode, inode, uid, gid,
				modified, changed, born, size, attributes);
		VirtualFile.Kind kind = entry.kind();
		if (domain == null || kind == null) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Invalid manifest record");
		}
		manifest.put(new ManifestDb.Row(manifest.fileId(domain, entry.path()), domain, entry.path(),
				MbFile.flags(kind), entry.encode()));
	}

	private static @Nullable String text(DataInputStream in) throws IOException {
		byte[] bytes = bytes(in);
		return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
		int length = in.readUnsignedShort();
		if (length == ABSENT) {
			return null;
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return bytes;
	}
}
