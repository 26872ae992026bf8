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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.engine.EngineProblems;

/**
 * Remembered secrets in {@code passwords/store.properties}, each encrypted with AES-256-GCM under a random key in
 * {@code passwords/key} and bound to its name. Both files can be read by their owner alone.
 *
 * <p>
 * Protects against: a copy of the store without its key, other users of this computer, a glance at the file, a line
 * moved to another name. Does not protect against: whoever can run programs as this user or as
 * administrator, or takes
 * the disk with both files when it is not encrypted. The decision and its reasons: {@code docs/decisions}.
 */
public final class SealedSecrets {

	private static final int KEY_BYTES = 32;
	private static final int NONCE_BYTES = 12;
	private static final int TAG_BITS = 128;
	/** Longer than any password a device takes. */
	private static final int MAX_STORE_BYTES = 4 << 20;

	private final Home home;
	private final SecureRandom random = new SecureRandom();

	/** Reads nothing yet. */
	public SealedSecrets(Home home) {
		this.home = home;
	}

	/** The secret of that name; the caller closes it. */
	public Optional<Secret> find(String name) throws IOException {
		return open(read(), name);
	}

	/** Remembers a secret in place of an older one of that name. */
	public void remember(String name, Secret secret) throws IOException {
		change(all -> all.put(name, secret));
	}

	/** What is changed at once or not at all, while no other process changes anything. */
	@FunctionalInterface
	public interface Change {
		/** Makes the changes. */
		void make(Editor all) throws IOException;
	}

	/** All secrets while they are changed. */
	public final class Editor {

		private final Properties all;
		private boolean changed;

		private Editor(Properties all) {
			this.all = all;
		}

		/** The secret of that name; the caller closes it. */
		public Optional<Secret> find(String name) throws IOException {
			return open(all, name);
		}

		/** Sets a secret. */
		public void put(String name, Secret secret) throws IOException {
			seal(all, name, secret);
			changed = true;
		}

		/** Removes a secret; without effect if there is none. */
		public void remove(String name) {
			changed |= all.remove(name) != null;
		}
	}

	/** Makes several changes at once. */
	public void change(Change change) throws IOException {
		home.exclusively(() -> {
			Editor editor = new Editor(read());
			change.make(editor);
			if (editor.changed) {
				write(editor.all);
			}
			return editor;
		});
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

	/** Forgets the secrets of these names. */
	public void forget(String... names) throws IOException {
		if (Files.exists(store())) {
			change(all -> List.of(names).forEach(all::remove));
		}
	}

	/** Forgets all whose names begin so. */
	public void forgetAll(String prefix) throws IOException {
		if (!Files.exists(store())) {
			return;
		}
		home.exclusively(() -> {
			Properties all = read();
			if (all.keySet().removeIf(name -> String.valueOf(name).startsWith(prefix))) {
				write(all);
			}
			return all;
		});
	}

	/** Whether there is one of that name. */
	public boolean contains(String name) throws IOException {
		return read().containsKey(name);
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
