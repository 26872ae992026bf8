// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.PasswordStore;

/**
 * Remembered passwords in {@code passwords/store.properties}, each encrypted with AES-256-GCM under a random key in
 * {@code passwords/key} and bound to its device. Both files can be read by their owner alone.
 *
 * <p>
 * Protects against: a copy of the store without its key, other users of this computer, a glance at the file, a line
 * moved to another device. Does not protect against: whoever can run programs as this user or as administrator, or
 * takes the disk with both files when it is not encrypted. The decision and its reasons: {@code docs/decisions}.
 *
 * <p>
 * Beside a password lie, encrypted likewise, the keys that it gave for the key bags it opened: a key opens its own bag
 * and nothing else, and all go when the password is forgotten or replaced.
 */
public final class KeyFilePasswords implements PasswordStore {

	private static final int KEY_BYTES = 32;
	private static final int NONCE_BYTES = 12;
	private static final int TAG_BITS = 128;
	/** Longer than any password a device takes. */
	private static final int MAX_STORE_BYTES = 4 << 20;
	/** Versions from before a change of the device's keys have bags of their own. */
	private static final int MAX_KEYS = 4;
	private static final String KEYS = ".keys";
	private static final System.Logger LOG = System.getLogger("org.keepsake.engine");

	private final Home home;
	private final SecureRandom random = new SecureRandom();
	/* Secrets have no equality but their own: those that were handed out and are still in use. */
	private final Set<Secret> handedOut = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/** Reads nothing yet. */
	public KeyFilePasswords(Home home) {
		this.home = home;
	}

	@Override
	public Optional<Secret> find(Udid device) throws IOException {
		Optional<Secret> found = open(read(), name(device));
		found.ifPresent(handedOut::add);
		return found;
	}

	/** Whether the password is one that {@link #find} gave, and not one that only reads the same. */
	public boolean isFromHere(Secret password) {
		return handedOut.contains(password);
	}

	private Optional<Secret> open(Properties all, String name) throws IOException {
		String kept = all.getProperty(name);
		if (kept == null) {
			return Optional.empty();
		}
		byte[] key = readKey().orElseThrow(this::unreadable);
		byte[] plain = new byte[0];
		try {
			byte[] sealed = HexFormat.of().parseHex(kept);
			plain = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES), name).doFinal(sealed,
					NONCE_BYTES, sealed.length - NONCE_BYTES);
			CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(plain));
			char[] exact = Arrays.copyOf(characters.array(), characters.length());
			Arrays.fill(characters.array(), '\0');
			Secret secret = new Secret(exact);
			Arrays.fill(exact, '\0');
			return Optional.of(secret);
		} catch (GeneralSecurityException | IllegalArgumentException e) {
			throw EngineProblems.PASSWORDS_UNREADABLE.exceptionBecause(e, folder().toString());
		} finally {
			Arrays.fill(plain, (byte) 0);
			Arrays.fill(key, (byte) 0);
		}
	}

	@Override
	public void remember(Udid device, Secret password) throws IOException {
		home.exclusively(() -> {
			Properties all = read();
			seal(all, name(device), password);
			all.remove(name(device) + KEYS);
			write(all);
			return all;
		});
	}

	private void seal(Properties all, String name, Secret secret) throws IOException {
		byte[] key = keyForWriting(all.isEmpty());
		byte[] plain = secret.revealUtf8();
		try {
			byte[] nonce = new byte[NONCE_BYTES];
			random.nextBytes(nonce);
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(plain);
			ByteBuffer whole = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
			all.setProperty(name, HexFormat.of().formatHex(whole.array()));
		} catch (GeneralSecurityException e) {
			throw EngineProblems.PASSWORDS_UNREADABLE.exceptionBecause(e, folder().toString());
		} finally {
			Arrays.fill(plain, (byte) 0);
			Arrays.fill(key, (byte) 0);
		}
	}

	/**
	 * The keys that the remembered password gave, the last one first; the caller closes them. None if they cannot be read:
	 * the password gives them again.
	 */
	public List<Secret> keys(Udid device) {
		try {
			return keys(read(), device);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Kept keys cannot be read", e);
			return List.of();
		}
	}

	private List<Secret> keys(Properties all, Udid device) throws IOException {
		Optional<Secret> lines = open(all, name(device) + KEYS);
		if (lines.isEmpty()) {
			return List.of();
		}
		List<Secret> keys = new ArrayList<>();
		try (Secret sealed = lines.get()) {
			char[] text = sealed.revealCharacters();
			for (int from = 0, to = 0; to < text.length && keys.size() < MAX_KEYS; to++) {
				if (text[to] == '\n') {
					char[] line = Arrays.copyOfRange(text, from, to);
					keys.add(new Secret(line));
					Arrays.fill(line, '\0');
					from = to + 1;
				}
			}
			Arrays.fill(text, '\0');
		}
		return keys;
	}

	/**
	 * Keeps a key beside the password that gave it, if that is still the one that is remembered. Without effect where it
	 * cannot be kept: nobody asked for it, and it can be derived again.
	 */
	public void keepKey(Udid device, Secret password, Secret key) {
		try {
			home.exclusively(() -> {
				Properties all = read();
				Optional<Secret> remembered = open(all, name(device));
				if (remembered.isPresent()) {
					try (Secret now = remembered.get()) {
						if (now.sameAs(password)) {
							sealKeys(all, device, key);
							write(all);
						}
					}
				}
				return all;
			});
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A key cannot be kept", e);
		}
	}

	private void sealKeys(Properties all, Udid device, Secret newest) throws IOException {
		List<Secret> keys = new ArrayList<>(List.of(newest.copy()));
		try {
			keys.addAll(keys(all, device));
		} catch (ProblemException e) {
			LOG.log(System.Logger.Level.DEBUG, "Kept keys cannot be read and are replaced", e);
		}
		char[] lines = new char[0];
		for (int i = 0; i < Math.min(keys.size(), MAX_KEYS); i++) {
			if (i == 0 || !keys.get(i).sameAs(newest)) {
				char[] line = keys.get(i).revealCharacters();
				char[] longer = Arrays.copyOf(lines, lines.length + line.length + 1);
				System.arraycopy(line, 0, longer, lines.length, line.length);
				longer[longer.length - 1] = '\n';
				Arrays.fill(lines, '\0');
				Arrays.fill(line, '\0');
				lines = longer;
			}
		}
		keys.forEach(Secret::close);
		try (Secret sealed = new Secret(lines)) {
			Arrays.fill(lines, '\0');
			seal(all, name(device) + KEYS, sealed);
		}
	}

	@Override
	public void forget(Udid device) throws IOException {
		if (!Files.exists(store())) {
			return;
		}
		home.exclusively(() -> {
			Properties all = read();
			if (all.remove(name(device)) != null | all.remove(name(device) + KEYS) != null) {
				write(all);
			}
			return all;
		});
	}

	/** Remembers the new password if, and only if, the person had the old one remembered. */
	public void replaceIfRemembered(Udid device, Secret password) throws IOException {
		if (read().containsKey(name(device))) {
			remember(device, password);
		}
	}

	private static Cipher cipher(int mode, byte[] key, byte[] nonce, String name) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	private byte[] keyForWriting(boolean storeIsEmpty) throws IOException {
		Optional<byte[]> present = readKey();
		if (present.isPresent()) {
			return present.get();
		}
		if (!storeIsEmpty) {
			throw unreadable();
		}
		byte[] key = new byte[KEY_BYTES];
		random.nextBytes(key);
		home.replace(keyFile(), key);
		return key;
	}

	private Optional<byte[]> readKey() throws IOException {
		if (!Files.isRegularFile(keyFile())) {
			return Optional.empty();
		}
		if (Files.size(keyFile()) != KEY_BYTES) {
			throw unreadable();
		}
		return Optional.of(Files.readAllBytes(keyFile()));
	}

	private Properties read() throws IOException {
		Properties all = new Properties();
		try {
			if (Files.isRegularFile(store())) {
				if (Files.size(store()) > MAX_STORE_BYTES) {
					throw unreadable();
				}
				all.load(new ByteArrayInputStream(Files.readAllBytes(store())));
			}
		} catch (ProblemException e) {
			throw e;
		} catch (IOException | IllegalArgumentException e) {
			throw EngineProblems.PASSWORDS_UNREADABLE.exceptionBecause(e, folder().toString());
		}
		return all;
	}

	private void write(Properties all) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		all.store(bytes, "Remembered backup passwords, encrypted");
		home.replace(store(), bytes.toByteArray());
	}

	private static String name(Udid device) {
		return device.value().toLowerCase(Locale.ROOT);
	}

	private Path folder() {
		return home.resolve("passwords");
	}

	private Path keyFile() {
		return folder().resolve("key");
	}

	private Path store() {
		return folder().resolve("store.properties");
	}

	private ProblemException unreadable() {
		return EngineProblems.PASSWORDS_UNREADABLE.exception(folder().toString());
	}
}
