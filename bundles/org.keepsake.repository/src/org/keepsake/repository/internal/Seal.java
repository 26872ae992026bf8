// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and authenticates as the format does: 16 bytes of nonce, the text in AES-256-CTR, 16 bytes of Poly1305-AES
 * over the encrypted text. Not thread-safe. Source: restic/restic doc/design.rst, "Keys, Encryption and MAC".
 */
final class Seal {

	/** Bytes before the text. */
	static final int BEFORE = 16;
	/** Bytes that sealing adds. */
	static final int OVERHEAD = 32;

	/** What a cipher or digest is given at once. */
	private static final int SLICE = 1 << 16;
	/**
	 * What it is given at first: the processor's own instructions are used only from compiled code, and code is compiled
	 * when it was called some thousand times, however much each call does.
	 */
	private static final int FIRST_SLICE = 1 << 11;
	private static final int FIRST_CALLS = 12_000;
	/** Calls so far, about: threads may overwrite each other's count. */
	private static int calls;
	private static final int RANDOM_AHEAD = 4096;
	private static final int WARM_CALLS = 8_000;
	private static final AtomicBoolean WARM = new AtomicBoolean();
	private static final SecureRandom RANDOM = new SecureRandom();

	private final SecretKeySpec key;
	private final Cipher counter;
	private final Cipher nonceCipher;
	private final Poly1305 mac;
	private final byte[] random = new byte[RANDOM_AHEAD];
	private int randomUsed = RANDOM_AHEAD;
	private final byte[] tag = new byte[Poly1305.TAG];

	Seal(MasterKey keys) {
		try {
			key = new SecretKeySpec(keys.encrypt(), "AES");
			counter = Cipher.getInstance("AES/CTR/NoPadding");
			nonceCipher = Cipher.getInstance("AES/ECB/NoPadding");
			nonceCipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.macK(), "AES"));
			mac = new Poly1305(keys.macR());
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("Every Java has AES", e);
		}
	}

	/**
	 * Has the processor's own instructions ready by the time there is something to do: calls the cipher as often as it takes
	 * to be compiled, by a thread of its own. Once in a program's life, when much content is about to be sealed or opened.
	 */
	static void warmUp() {
		if (!WARM.getAndSet(true)) {
			Thread.ofPlatform().daemon().name("repository warm-up").start(() -> {
				Seal seal = new Seal(MasterKey.of(new byte[64]));
				byte[] some = new byte[256];
				byte[] sealed = new byte[some.length + OVERHEAD];
				for (int i = 0; i < WARM_CALLS; i++) {
					seal.seal(some, 0, some.length, sealed);
				}
			});
		}
	}

	/**
	 * Seals a text. What stands in the same array costs a copy: the JDK's cipher makes one whenever the two may overlap.
	 *
	 * @param sealed takes the whole from its beginning on; must not be the text's own array unless the text stands
	 *               {@link #BEFORE} bytes behind its beginning
	 * @return bytes of the whole
	 */
	int seal(byte[] text, int offset, int length, byte[] sealed) {
		nextNonce(sealed);
		crypt(sealed, 0, text, offset, length, sealed, BEFORE);
		tagOf(sealed, 0, length);
		System.arraycopy(tag, 0, sealed, BEFORE + length, tag.length);
		return length + OVERHEAD;
	}

	/** A copy of the text, sealed. */
	byte[] seal(byte[] text) {
		byte[] sealed = new byte[text.length + OVERHEAD];
		seal(text, 0, text.length, sealed);
		return sealed;
	}

	/**
	 * Opens what was sealed, if it is authentic.
	 *
	 * @param text where the text goes; may be the sealed text's own place, which costs a copy
	 * @return whether it is authentic; otherwise nothing is written
	 */
	boolean open(byte[] sealed, int offset, int length, byte[] text, int textOffset) {
		int textLength = length - OVERHEAD;
		if (textLength < 0) {
			return false;
		}
		tagOf(sealed, offset, textLength);
		int difference = 0;
		int tagOffset = offset + BEFORE + textLength;
		for (int i = 0; i < tag.length; i++) {
			difference |= tag[i] ^ sealed[tagOffset + i];
		}
		if (difference != 0) {
			return false;
		}
		crypt(sealed, offset, sealed, offset + BEFORE, textLength, text, textOffset);
		return true;
	}

	private void nextNonce(byte[] sealed) {
		if (randomUsed == RANDOM_AHEAD) {
			RANDOM.nextBytes(random);
			randomUsed = 0;
		}
		System.arraycopy(random, randomUsed, sealed, 0, BEFORE);
		randomUsed += BEFORE;
	}

	private void crypt(byte[] nonce, int nonceOffset, byte[] from, int offset, int length, byte[] to, int toOffset) {
		try {
			counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce, nonceOffset, BEFORE));
			for (int done = 0; done < length;) {
				int slice = Math.min(slice(), length - done);
				counter.update(from, offset + done, slice, to, toOffset + done);
				done += slice;
			}
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("The counter mode takes any length", e);
		}
	}

	private static int slice() {
		if (calls >= FIRST_CALLS) {
			return SLICE;
		}
		calls++;
		return FIRST_SLICE;
	}

	private void tagOf(byte[] sealed, int offset, int textLength) {
		try {
			byte[] added = nonceCipher.doFinal(sealed, offset, BEFORE);
			mac.tag(sealed, offset + BEFORE, textLength, added, tag, 0);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("A block is a block", e);
		}
	}

	/** SHA-256 of a part of an array. */
	static byte[] sha256(MessageDigest digest, byte[] bytes, int offset, int length) {
		for (int done = 0; done < length;) {
			int slice = Math.min(slice(), length - done);
			digest.update(bytes, offset + done, slice);
			done += slice;
		}
		return digest.digest();
	}
}
