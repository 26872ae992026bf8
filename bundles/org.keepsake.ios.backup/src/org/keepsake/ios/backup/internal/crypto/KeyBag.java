// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;

/**
 * The key bag of a backup: the keys of the protection classes, wrapped by a key that the backup password gives.
 *
 * <p>
 * Format: groups of tag, length (u32 BE) and value; the first {@code UUID} and {@code WRAP} belong to the bag, every
 * later {@code UUID} opens a class. Read in dunhamsteve/ios {@code keybag/keybag.go} and
 * jsharkey13/iphone_backup_decrypt {@code google_iphone_dataprotection.py}.
 */
public final class KeyBag {

	/** A wrapped key as wide as a bag of a backup holds. */
	static final int WRAPPED_KEY = 40;

	/** The newest version of a bag that is known. */
	public static final int NEWEST_VERSION = 5;

	private static final int MAX_BYTES = 1 << 20;
	private static final int MAX_CLASSES = 64;
	/* Ten times what Apple uses: beyond that the bag only wants to keep us busy. */
	private static final int MAX_FIRST_ROUNDS = 100_000_000;
	private static final int MAX_SECOND_ROUNDS = 10_000_000;
	private static final int WRAPPED_BY_PASSWORD_ONLY = 2;

	/** One class: its number, how its key is wrapped, and the wrapped key where there is one. */
	private static final class ProtectionClass {
		private int number;
		private int wrap;
		private byte[] wrapped = {};
	}

	private final List<ProtectionClass> classes = new ArrayList<>();
	private int version;
	private byte[] salt = {};
	private int rounds;
	private byte[] firstSalt = {};
	private int firstRounds;

	private KeyBag() {
	}

	/**
	 * Parses a bag. Tags that are unknown are passed over.
	 *
	 * @throws KeyBagException if it cannot be one, or is of a version that has another form
	 */
	public static KeyBag parse(byte[] bytes) throws KeyBagException {
		if (bytes.length > MAX_BYTES) {
			throw new KeyBagException("longer than any key bag");
		}
		KeyBag bag = new KeyBag();
		try {
			bag.read(bytes);
			return bag;
		} catch (KeyBagException e) {
			throw bag.flaw(String.valueOf(e.getMessage()));
		}
	}

	private KeyBagException flaw(String flaw) {
		return new KeyBagException(flaw, version > NEWEST_VERSION ? version : 0);
	}

	private void read(byte[] bytes) throws KeyBagException {
		ByteBuffer in = ByteBuffer.wrap(bytes);
		boolean named = false;
		while (in.hasRemaining()) {
			if (in.remaining() < 8) {
				throw new KeyBagException("ends within an entry");
			}
			byte[] tag = new byte[4];
			in.get(tag);
			int length = in.getInt();
			if (length < 0 || length > in.remaining()) {
				throw new KeyBagException("an entry longer than the bag");
			}
			byte[] value = new byte[length];
			in.get(value);
			String name = new String(tag, StandardCharsets.ISO_8859_1);
			if (name.equals("UUID") && !named) {
				named = true;
			} else {
				accept(name, value);
			}
		}
		if (!named || classes.isEmpty()) {
			throw new KeyBagException("no protection classes");
		}
	}

	private void accept(String tag, byte[] value) throws KeyBagException {
		if (tag.equals("UUID")) {
			if (classes.size() == MAX_CLASSES) {
				throw new KeyBagException("too many protection classes");
			}
			classes.add(new ProtectionClass());
		} else if (classes.isEmpty()) {
			switch (tag) {
				case "VERS" -> version = number(value, Integer.MAX_VALUE);
				case "SALT" -> salt = value;
				case "ITER" -> rounds = number(value, MAX_SECOND_ROUNDS);
				case "DPSL" -> firstSalt = value;
				case "DPIC" -> firstRounds = number(value, MAX_FIRST_ROUNDS);
				default -> {
					// TYPE, HMCK, DPWT, the bag's WRAP and what is to come: of no use to a reader
				}
			}
		} else {
			ProtectionClass current = classes.getLast();
			switch (tag) {
				case "CLAS" -> current.number = number(value, Integer.MAX_VALUE) & 0x1F;
				case "WRAP" -> current.wrap = number(value, Integer.MAX_VALUE);
				case "WPKY" -> current.wrapped = value;
				default -> {
					// KTYP, PBKY
				}
			}
		}
	}

	private static int number(byte[] value, int max) throws KeyBagException {
		if (value.length != 4) {
			throw new KeyBagException("a number that is not four bytes long");
		}
		int number = ByteBuffer.wrap(value).getInt();
		if (number < 0 || number > max) {
			throw new KeyBagException("a number out of range");
		}
		return number;
	}

	/**
	 * Opens the bag with the password: as it was typed, then in Unicode's composed and decomposed forms where they
	 * differ. Takes some three seconds of one core with iOS 10.2 and later.
	 *
	 * @return the class keys, which the caller closes; null if the password is wrong
	 * @throws KeyBagException                       if the bag lacks what is needed, or does not open and is of a version
	 *                                               that is not known
	 * @throws org.keepsake.core.CancelledException if the monitor is cancelled
	 */
	public @Nullable ClassKeys open(Secret password, JobMonitor monitor) throws IOException {
		requireUsable();
		List<byte[]> spellings = spellings(password);
		try {
			for (byte[] spelling : spellings) {
				byte[] key = derive(spelling, monitor);
				try {
					ClassKeys keys = unwrap(key, id());
					if (keys != null) {
						return keys;
					}
				} finally {
					Arrays.fill(key, (byte) 0);
				}
			}
			if (version > NEWEST_VERSION) {
				throw flaw("opened by no key that is derived in a known way");
			}
			return null;
		} finally {
			spellings.forEach(spelling -> Arrays.fill(spelling, (byte) 0));
		}
	}

	/**
	 * Opens the bag with a key that was derived before; takes no time.
	 *
	 * @param derived stays the caller's
	 * @return the class keys, which the caller closes; null if it is of another bag or opens nothing
	 * @throws KeyBagException if the bag lacks what is needed
	 */
	public @Nullable ClassKeys open(DerivedKey derived) throws KeyBagException {
		requireUsable();
		byte[] id = id();
		return derived.isOf(id) ? unwrap(derived.key(), id) : null;
	}

	private void requireUsable() throws KeyBagException {
		if (salt.length == 0 || rounds == 0 || firstSalt.length > 0 && firstRounds == 0) {
			throw flaw("no salt or number of rounds");
		}
		if (classes.stream().noneMatch(KeyBag::opensByPassword)) {
			throw flaw("no key that a password opens");
		}
	}

	/** Names what a key is derived from besides the password. */
	private byte[] id() {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			ByteBuffer numbers = ByteBuffer.allocate(16).putInt(firstRounds).putInt(firstSalt.length).putInt(rounds)
					.putInt(salt.length);
			sha256.update(numbers.array());
			sha256.update(firstSalt);
			return sha256.digest(salt);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("This JDK lacks SHA-256", e);
		}
	}

	/** The key encryption key for a password in UTF-8; the caller wipes it. */
	byte[] derive(byte[] password, JobMonitor monitor) throws IOException {
		Pbkdf2.Rounds cancel = done -> monitor.throwIfCancelled();
		if (firstSalt.length == 0) {
			return Pbkdf2.derive("SHA-1", password, salt, rounds, 32, cancel);
		}
		byte[] first = Pbkdf2.derive("SHA-256", password, firstSalt, firstRounds, 32, cancel);
		try {
			return Pbkdf2.derive("SHA-1", first, salt, rounds, 32, cancel);
		} finally {
			Arrays.fill(first, (byte) 0);
		}
	}

	private @Nullable ClassKeys unwrap(byte[] keyEncryptionKey, byte[] id) {
		Map<Integer, byte[]> keys = new HashMap<>();
		try (KeyWrap wrap = new KeyWrap(keyEncryptionKey)) {
			for (ProtectionClass each : classes) {
				if (opensByPassword(each)) {
					byte[] key = wrap.unwrap(each.wrapped, 0, each.wrapped.length);
					if (key != null) {
						keys.put(each.number, key);
					}
				}
			}
		}
		return keys.isEmpty() ? null : new ClassKeys(keys, new DerivedKey(id, keyEncryptionKey));
	}

	/* A key wrapped for the device besides (WRAP 3) unwraps to something that is still locked: of no use. */
	private static boolean opensByPassword(ProtectionClass each) {
		return each.wrap == WRAPPED_BY_PASSWORD_ONLY && each.wrapped.length == WRAPPED_KEY;
	}

	private static List<byte[]> spellings(Secret password) {
		List<byte[]> spellings = new ArrayList<>();
		spellings.add(password.revealUtf8());
		char[] characters = password.revealCharacters();
		try {
			CharBuffer typed = CharBuffer.wrap(characters);
			if (typed.chars().anyMatch(c -> c > 0x7F)) {
				for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
					byte[] spelling = Normalizer.normalize(typed, form).getBytes(StandardCharsets.UTF_8);
					if (spellings.stream().noneMatch(known -> Arrays.equals(known, spelling))) {
						spellings.add(spelling);
					}
				}
			}
		} finally {
			Arrays.fill(characters, '\0');
		}
		return spellings;
	}
}
