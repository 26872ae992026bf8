// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;

/**
 * A manifest's entry for one file, directory or link, as the keyed archive of an {@code MBFile} keeps it.
 *
 * @param path            relative to the domain's root
 * @param target          of a link
 * @param digest          SHA-1 of the payload as stored, of some domains
 * @param encryptionKey   class and wrapped key
 * @param protectionClass 0 for directories
 * @param mode            type and permissions
 * @param modified        seconds since 1970, as the next two
 * @param size            before encryption
 * @param attributes      extended attributes, a property list
 */
record MbFile(String path, @Nullable String target, byte @Nullable [] digest, byte @Nullable [] encryptionKey,
		int protectionClass, int mode, long inode, int uid, int gid, long modified, long changed, long born, long size,
		byte @Nullable [] attributes) {

	static final int FLAG_FILE = 1;
	static final int FLAG_DIRECTORY = 2;
	static final int FLAG_LINK = 4;

	private static final int TYPE_FILE = 0x8000;
	private static final int TYPE_DIRECTORY = 0x4000;
	private static final int TYPE_LINK = 0xA000;
	private static final int TYPES = 0xF000;
	/** Every so many inodes an archive is written with object numbers above 255, as long archives have. */
	private static final int WIDE_EVERY = 251;
	private static final int FILLERS = 256;

	/** The entry of a device's file. */
	static MbFile of(VirtualFile file, byte @Nullable [] encryptionKey, byte @Nullable [] digest) {
		int type = switch (file.kind()) {
			case FILE -> TYPE_FILE;
			case DIRECTORY -> TYPE_DIRECTORY;
			case LINK -> TYPE_LINK;
		};
		return new MbFile(file.path(), file.linkTarget(), digest, encryptionKey, file.protectionClass(),
				type | file.mode() & 0xFFF, file.inode(), file.uid(), file.gid(), file.modified().getEpochSecond(),
				file.changed().getEpochSecond(), file.born().getEpochSecond(), file.sizeBytes(),
				file.extendedAttributes());
	}

	/** What the manifest's column {@code flags} says. */
	static int flags(VirtualFile.Kind kind) {
		return switch (kind) {
			case FILE -> FLAG_FILE;
			case DIRECTORY -> FLAG_DIRECTORY;
			case LINK -> FLAG_LINK;
		};
	}

	VirtualFile.@Nullable Kind kind() {
		return switch (mode & TYPES) {
			case TYPE_FILE -> VirtualFile.Kind.FILE;
			case TYPE_DIRECTORY -> VirtualFile.Kind.DIRECTORY;
			case TYPE_LINK -> VirtualFile.Kind.LINK;
			default -> null;
		};
	}

	/** Whether the file is still the one that was backed up. */
	boolean sameAs(VirtualFile file) {
		return inode == file.inode() && size == file.sizeBytes() && modified == file.modified().getEpochSecond()
				&& changed == file.changed().getEpochSecond() && protectionClass == file.protectionClass();
	}

	/** The length of the payload in the backup. */
	long storedSize() {
		return encryptionKey == null ? size : Crypto.padded(size);
	}

	/** The keyed archive. */
	byte[] encode() {
		Map<String, Object> fields = new LinkedHashMap<>();
		List<Object> objects = new ArrayList<>();
		objects.add("$null");
		objects.add(fields);
		if (inode % WIDE_EVERY == 0) {
			for (int i = 0; i < FILLERS; i++) {
				objects.add("filler " + i);
			}
		}
		fields.put("LastModified", modified);
		fields.put("Flags", 0L);
		fields.put("GroupID", (long) gid);
		fields.put("LastStatusChange", changed);
		fields.put("Birth", born);
		fields.put("Size", size);
		fields.put("InodeNumber", inode);
		fields.put("Mode", (long) mode);
		fields.put("UserID", (long) uid);
		fields.put("ProtectionClass", (long) protectionClass);
		fields.put("RelativePath", add(objects, path));
		if (target != null) {
			fields.put("Target", add(objects, target));
		}
		if (digest != null) {
			fields.put("Digest", add(objects, digest));
		}
		if (attributes != null) {
			fields.put("ExtendedAttributes", add(objects, attributes));
		}
		byte[] sealedKey = encryptionKey;
		if (sealedKey != null) {
			Map<String, Object> data = new LinkedHashMap<>();
			data.put("NS.data", sealedKey);
			fields.put("EncryptionKey", add(objects, data));
			data.put("$class", add(objects, Map.of("$classname", "NSMutableData", "$classes",
					List.of("NSMutableData", "NSData", "NSObject"))));
		}
		fields.put("$class", add(objects, Map.of("$classname", "MBFile", "$classes", List.of("MBFile", "NSObject"))));
		Map<String, Object> archive = new LinkedHashMap<>();
		archive.put("$version", 100_000L);
		archive.put("$archiver", "NSKeyedArchiver");
		archive.put("$top", Map.of("root", new Uid(1)));
		archive.put("$objects", objects);
		return BinaryPlistWriter.write(archive);
	}

	private static Uid add(List<Object> objects, Object object) {
		objects.add(object);
		return new Uid(objects.size() - 1);
	}

	/** Reads a keyed archive; any field may be a reference or the value itself. */
	static MbFile decode(byte[] archive) throws PlistException {
		Map<String, Object> root = Plists.map(BinaryPlistReader.read(archive));
		if (!(root.get("$objects") instanceof List<?> objects)) {
			throw new PlistException("archive without objects");
		}
		Object top = resolve(objects, Plists.map(root.get("$top")).get("root"));
		if (top == null) {
			throw new PlistException("archive without a root");
		}
		Map<String, Object> fields = Plists.map(top);
		String path = text(objects, fields, "RelativePath");
		return new MbFile(path == null ? "" : path, text(objects, fields, "Target"), data(objects, fields, "Digest"),
				data(objects, fields, "EncryptionKey"), (int) number(fields, "ProtectionClass"),
				(int) number(fields, "Mode"),
				number(fields, "InodeNumber"), (int) number(fields, "UserID"), (int) number(fields, "GroupID"),
				number(fields, "LastModified"), number(fields, "LastStatusChange"), number(fields, "Birth"),
				number(fields, "Size"), data(objects, fields, "ExtendedAttributes"));
	}

	private static @Nullable Object resolve(List<?> objects, @Nullable Object value) throws PlistException {
		if (!(value instanceof Uid uid)) {
			return value;
		}
		if (uid.index() < 0 || uid.index() >= objects.size()) {
			throw new PlistException("object " + uid.index() + " of " + objects.size());
		}
		return uid.index() == 0 ? null : objects.get(uid.index());
	}

	private static @Nullable String text(List<?> objects, Map<String, Object> fields, String name)
			throws PlistException {
		return resolve(objects, fields.get(name)) instanceof String text ? text : null;
	}

	private static long number(Map<String, Object> fields, String name) {
		return fields.get(name) instanceof Number number ? number.longValue() : 0;
	}

	private static byte @Nullable [] data(List<?> objects, Map<String, Object> fields, String name)
			throws PlistException {
		Object value = resolve(objects, fields.get(name));
		if (value instanceof Map<?, ?> wrapper) {
			value = resolve(objects, wrapper.get("NS.data"));
		}
		return value instanceof byte[] bytes ? bytes : null;
	}
}
