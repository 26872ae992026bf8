// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.PasswordStore;

/**
 * Remembered backup passwords, among the sealed secrets by their device's identifier. Thread-safe.
 *
 * <p>
 * Beside a password lie the keys that it gave for the key bags it opened: a key opens its own bag and nothing else, and
 * all go when the password is forgotten or replaced.
 */
public final class KeyFilePasswords implements PasswordStore {

	/** Versions from before a change of the device's keys have bags of their own. */
	private static final int MAX_KEYS = 4;
	private static final String KEYS = ".keys";
	private static final System.Logger LOG = System.getLogger("org.keepsake.engine");

	private final SealedSecrets secrets;
	/* Secrets have no equality but their own: those that were handed out and are still in use. */
	private final Set<Secret> handedOut = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	/** Kept among these. */
	public KeyFilePasswords(SealedSecrets secrets) {
		this.secrets = secrets;
	}

	@Override
	public Optional<Secret> find(Udid device) throws IOException {
		Optional<Secret> found = secrets.find(name(device));
		found.ifPresent(handedOut::add);
		return found;
	}

	/** Whether the password is one that {@link #find} gave, and not one that only reads the same. */
	public boolean isFromHere(Secret password) {
		return handedOut.contains(password);
	}

	@Override
	public void remember(Udid device, Secret password) throws IOException {
		secrets.change(all -> {
			all.put(name(device), password);
			all.remove(name(device) + KEYS);
		});
	}

	/**
	 * The keys that the remembered password gave, the last one first; the caller closes them. None if they cannot be read:
	 * the password gives them again.
	 */
	public List<Secret> keys(Udid device) {
		try {
			return lines(secrets.find(name(device) + KEYS));
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Kept keys cannot be read", e);
			return List.of();
		}
	}

	private static List<Secret> lines(Optional<Secret> lines) {
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
			secrets.change(all -> {
				Optional<Secret> remembered = all.find(name(device));
				if (remembered.isPresent()) {
					try (Secret now = remembered.get()) {
						if (now.sameAs(password)) {
							addKey(all, device, key);
						}
					}
				}
			});
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "A key cannot be kept", e);
		}
	}

	private static void addKey(SealedSecrets.Editor all, Udid device, Secret newest) throws IOException {
		List<Secret> keys = new ArrayList<>(List.of(newest.copy()));
		try {
			keys.addAll(lines(all.find(name(device) + KEYS)));
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
			all.put(name(device) + KEYS, sealed);
		}
	}

	@Override
	public void forget(Udid device) throws IOException {
		secrets.forget(name(device), name(device) + KEYS);
	}

	/** Remembers the new password if, and only if, the person had the old one remembered. */
	public void replaceIfRemembered(Udid device, Secret password) throws IOException {
		if (secrets.contains(name(device))) {
			remember(device, password);
		}
	}

	private static String name(Udid device) {
		return device.value().toLowerCase(Locale.ROOT);
	}
}
