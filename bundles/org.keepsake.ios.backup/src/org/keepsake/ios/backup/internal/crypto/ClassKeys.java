// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;

/** The keys of an opened key bag. {@link #close()} wipes them. Thread-safe. */
public final class ClassKeys implements AutoCloseable {

	/** Length of a wrapped file key with the class before it: u32 <b>little</b> endian, then 40 bytes. */
	public static final int PREFIXED_KEY = 4 + KeyBag.WRAPPED_KEY;

	private static final int DERIVED_BYTES = 32;

	private final Map<Integer, byte[]> keys;
	private final @Nullable DerivedKey derived;
	private boolean closed;

	ClassKeys(Map<Integer, byte[]> keys) {
		this(keys, null);
	}

	/** @param derived what opened the bag; closed with this */
	ClassKeys(Map<Integer, byte[]> keys, @Nullable DerivedKey derived) {
		this.keys = keys;
		this.derived = derived;
	}

	/** The key that opens the bag without the password, as text that the caller closes; null once this is closed. */
	public synchronized @Nullable Secret derivedKey() {
		DerivedKey key = derived;
		return closed || key == null ? null : key.toSecret();
	}

	/** The protection class that a prefixed key names. */
	public static int protectionClass(byte[] prefixed) {
		return prefixed[0] & 0xFF | (prefixed[1] & 0xFF) << 8 | (prefixed[2] & 0xFF) << 16 | prefixed[3] << 24;
	}

	/** Whether the key of the class is here. */
	public synchronized boolean has(int protectionClass) {
		return keys.containsKey(protectionClass);
	}

	/** A copy of a class's key, which the caller wipes; null if it is not here. */
	synchronized byte @Nullable [] copy(int protectionClass) {
		byte[] key = keys.get(protectionClass);
		return key == null ? null : key.clone();
	}

	/**
	 * Derives 32 bytes from all keys (RFC 5869 with SHA-256), the same whenever the key bag is opened; the caller wipes
	 * them.
	 *
	 * @param purpose what for: another purpose, other bytes
	 */
	public byte[] derive(String purpose) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		synchronized (this) {
			new TreeMap<>(keys).forEach((protectionClass, key) -> {
				all.write(protectionClass.intValue());
				all.writeBytes(key);
			});
		}
		byte[] material = all.toByteArray();
		try {
			return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract()
					.addSalt("org.keepsake.ios.backup".getBytes(StandardCharsets.US_ASCII)).addIKM(material)
					.thenExpand(purpose.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks HKDF", e);
		} finally {
			Arrays.fill(material, (byte) 0);
		}
	}

	/**
	 * Opens a key that a class key wraps, of whatever length.
	 *
	 * @return the key, which the caller wipes; null if the class key is not here or does not open it
	 */
	public byte @Nullable [] unwrap(int protectionClass, byte[] wrapped) {
		byte[] key = wrapped.length < KeyWrap.MIN_WRAPPED || wrapped.length > KeyWrap.MAX_WRAPPED
				|| wrapped.length % 8 != 0 ? null : copy(protectionClass);
		if (key == null) {
			return null;
		}
		try (KeyWrap wrap = new KeyWrap(key)) {
			return wrap.unwrap(wrapped, 0, wrapped.length);
		} finally {
			Arrays.fill(key, (byte) 0);
		}
	}

	/** Unwraps file keys on behalf of one thread. */
	public FileKeys fileKeys() {
		return new FileKeys(this);
	}

	@Override
	public synchronized void close() {
		closed = true;
		keys.values().forEach(each -> Arrays.fill(each, (byte) 0));
		keys.clear();
		DerivedKey key = derived;
		if (key != null) {
			key.close();
		}
	}

	synchronized boolean isClosed() {
		return closed;
	}

	/** Unwraps file keys; keeps its ciphers from file to file. Not thread-safe: one for each thread. */
	public static final class FileKeys implements AutoCloseable {

		private final ClassKeys keys;
		private final Map<Integer, KeyWrap> wraps = new HashMap<>();

		FileKeys(ClassKeys keys) {
			this.keys = keys;
		}

		/**
		 * The key of a file.
		 *
		 * @param prefixed class and wrapped key, {@link ClassKeys#PREFIXED_KEY} bytes
		 * @return 32 bytes, which the caller wipes; null if the class key is not here or does not open it
		 */
		public byte @Nullable [] unwrap(byte[] prefixed) {
			KeyWrap wrap = keys.isClosed() ? null : wrap(protectionClass(prefixed));
			return wrap == null ? null : wrap.unwrap(prefixed, 4, KeyBag.WRAPPED_KEY);
		}

		private @Nullable KeyWrap wrap(int protectionClass) {
			KeyWrap known = wraps.get(protectionClass);
			if (known == null) {
				byte[] key = keys.copy(protectionClass);
				if (key == null) {
					return null;
				}
				known = new KeyWrap(key);
				wraps.put(protectionClass, known);
				Arrays.fill(key, (byte) 0);
			}
			return known;
		}

		@Override
		public void close() {
			wraps.values().forEach(KeyWrap::close);
			wraps.clear();
		}
	}
}
