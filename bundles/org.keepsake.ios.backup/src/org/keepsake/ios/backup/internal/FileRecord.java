// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;
import org.keepsake.ios.backup.plist.BinaryPlist;
import org.keepsake.ios.backup.plist.PlistException;

/**
 * The {@code MBFile} of a row of {@code Manifest.db}: an {@code NSKeyedArchiver} archive in a binary property list. Any
 * field may lie inline or behind a reference, and references may be of any width.
 *
 * <p>
 * Read in jsharkey13/iphone_backup_decrypt {@code utils.py} and matan1008/pyiosbackup {@code manifest_dbs/sqlite3.py}.
 *
 * @param sizeBytes       length of the content, decrypted
 * @param mode            POSIX mode with type bits
 * @param modified        when the content last changed
 * @param protectionClass 0 where there is none
 * @param linkTarget      of a link, else null
 * @param content         key and digest
 */
record FileRecord(long sizeBytes, int mode, Instant modified, int protectionClass, @Nullable String linkTarget,
		StoredContent content) {

	private static final int MAX_TARGET = 4096;
	private static final int DIGEST = 20;
	private static final long MAX_SECONDS = 253_402_300_799L; // the year 9999

	private static final byte[] TOP = ascii("$top");
	private static final byte[] OBJECTS = ascii("$objects");
	private static final byte[] ROOT = ascii("root");
	private static final byte[] NS_DATA = ascii("NS.data");
	private static final byte[] NULL = ascii("$null");
	private static final byte[] SIZE = ascii("Size");
	private static final byte[] MODE = ascii("Mode");
	private static final byte[] LAST_MODIFIED = ascii("LastModified");
	private static final byte[] PROTECTION_CLASS = ascii("ProtectionClass");
	private static final byte[] TARGET = ascii("Target");
	private static final byte[] ENCRYPTION_KEY = ascii("EncryptionKey");
	private static final byte[] DIGEST_KEY = ascii("Digest");

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Decodes an archive.
	 *
	 * @throws PlistException if it is none
	 */
	static FileRecord decode(byte[] archive) throws PlistException {
		return new Decoder(new BinaryPlist(archive)).decode();
	}

	/** The moment of a Unix time that may be nonsense. */
	static Instant moment(long unixSeconds) {
		return Instant.ofEpochSecond(Math.clamp(unixSeconds, -MAX_SECONDS, MAX_SECONDS));
	}

	/** Follows the references of one archive. */
	private static final class Decoder {

		private final BinaryPlist plist;
		private final int objects;

		Decoder(BinaryPlist plist) throws PlistException {
			this.plist = plist;
			objects = required(plist.find(plist.root(), OBJECTS), "no objects");
		}

		FileRecord decode() throws PlistException {
			int top = required(plist.find(plist.root(), TOP), "no top");
			int file = resolve(required(plist.find(top, ROOT), "no root"));
			long size = 0;
			long mode = 0;
			long modified = 0;
			long protectionClass = 0;
			String target = null;
			byte[] key = null;
			byte[] digest = null;
			int fields = plist.size(file);
			for (int i = 0; i < fields; i++) {
				int name = plist.key(file, i);
				int value = resolve(plist.value(file, i));
				if (plist.isString(name, SIZE)) {
					size = integer(value);
				} else if (plist.isString(name, MODE)) {
					mode = integer(value);
				} else if (plist.isString(name, LAST_MODIFIED)) {
					modified = integer(value);
				} else if (plist.isString(name, PROTECTION_CLASS)) {
					protectionClass = integer(value);
				} else if (plist.isString(name, TARGET)) {
					target = text(value);
				} else if (plist.isString(name, ENCRYPTION_KEY)) {
					key = bytes(value, ClassKeys.PREFIXED_KEY);
				} else if (plist.isString(name, DIGEST_KEY)) {
					digest = bytes(value, DIGEST);
				}
			}
			if (size < 0) {
				throw new PlistException("a negative size");
			}
			return new FileRecord(size, (int) mode & 0xFFFF, moment(modified), (int) protectionClass & 0x1F, target,
					StoredContent.of(key, digest));
		}

		private int resolve(int object) throws PlistException {
			if (plist.type(object) != BinaryPlist.Type.UID) {
				return object;
			}
			long index = plist.uid(object);
			if (index < 0 || index >= plist.size(objects)) {
				throw new PlistException("a reference to no object");
			}
			int target = plist.element(objects, (int) index);
			if (plist.type(target) == BinaryPlist.Type.UID) {
				throw new PlistException("a reference to a reference");
			}
			return target;
		}

		private boolean isNull(int object) throws PlistException {
			return plist.type(object) == BinaryPlist.Type.NULL || plist.isString(object, NULL);
		}

		private long integer(int object) throws PlistException {
			return switch (plist.type(object)) {
				case INTEGER -> plist.integer(object);
				case REAL -> (long) plist.real(object);
				case DATE -> plist.date(object).getEpochSecond();
				default -> {
					if (isNull(object)) {
						yield 0;
					}
					throw new PlistException("a number of another type");
				}
			};
		}

		private @Nullable String text(int object) throws PlistException {
			if (isNull(object)) {
				return null;
			}
			if (plist.type(object) != BinaryPlist.Type.STRING || plist.length(object) > MAX_TARGET) {
				throw new PlistException("a link without a target");
			}
			return plist.string(object);
		}

		/** Data of the given length, inline or in an NSData object; null if there is none. */
		private byte @Nullable [] bytes(int object, int length) throws PlistException {
			int data = object;
			if (plist.type(object) == BinaryPlist.Type.DICT) {
				data = resolve(required(plist.find(object, NS_DATA), "data without bytes"));
			}
			if (isNull(data)) {
				return null;
			}
			if (plist.type(data) != BinaryPlist.Type.DATA) {
				throw new PlistException("data of another type");
			}
			int found = plist.length(data);
			if (found == 0) {
				return null;
			}
			if (found != length) {
				throw new PlistException("data of " + found + " bytes in place of " + length);
			}
			return plist.data(data);
		}

		private static int required(int object, String otherwise) throws PlistException {
			if (object < 0) {
				throw new PlistException(otherwise);
			}
			return object;
		}
	}
}
