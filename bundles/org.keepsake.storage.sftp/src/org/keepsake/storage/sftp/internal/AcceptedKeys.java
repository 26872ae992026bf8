// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The host keys that a person accepts by the setting {@code host-key}: fingerprints, or lines of public keys as in a file
 * {@code .pub}, in {@code known_hosts} or from {@code ssh-keyscan}, of which the names of hosts, the kinds and the
 * comments are passed over. Source: RFC 4253, section 6.6.
 *
 * @param fingerprints as written, or {@code SHA256:…} of a key
 * @param kinds        of the keys that were given wholly, such as {@code ssh-ed25519}
 */
record AcceptedKeys(List<String> fingerprints, Set<String> kinds) {

	/** A key has more, a fingerprint fewer characters. */
	private static final int LONGEST_FINGERPRINT = 52;
	private static final int LONGEST_KIND = 64;

	/** None, so that known_hosts decides. */
	static final AcceptedKeys NONE = new AcceptedKeys(List.of(), Set.of());

	/** A public key in the form in which it is sent. */
	private record Key(String kind, String fingerprint) {

		static Optional<Key> of(String word) {
			// The length of the kind's name, in four bytes, begins it.
			if (word.length() <= LONGEST_FINGERPRINT || !word.startsWith("AAAA")) {
				return Optional.empty();
			}
			try {
				byte[] bytes = Base64.getDecoder().decode(word);
				int length = ByteBuffer.wrap(bytes).getInt();
				if (length < 1 || length > LONGEST_KIND || length > bytes.length - Integer.BYTES) {
					return Optional.empty();
				}
				String kind = new String(bytes, Integer.BYTES, length, StandardCharsets.US_ASCII);
				byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
				return Optional
						.of(new Key(kind, "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest)));
			} catch (IllegalArgumentException e) {
				return Optional.empty();
			} catch (NoSuchAlgorithmException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	static AcceptedKeys of(String text) {
		List<String> words = Stream.of(text.split("[,\\s]+")).filter(each -> !each.isEmpty()).toList();
		List<Key> keys = words.stream().flatMap(word -> Key.of(word).stream()).toList();
		if (keys.isEmpty()) {
			return new AcceptedKeys(words, Set.of());
		}
		List<String> fingerprints = new ArrayList<>(keys.stream().map(Key::fingerprint).toList());
		words.stream().filter(word -> word.startsWith("SHA256:")).forEach(fingerprints::add);
		Set<String> kinds = new LinkedHashSet<>(keys.stream().map(Key::kind).toList());
		return new AcceptedKeys(List.copyOf(fingerprints), fingerprints.size() > keys.size() ? Set.of() : kinds);
	}

	boolean isEmpty() {
		return fingerprints.isEmpty();
	}

	/** Fingerprints may be written without their kind in front and with padding at the end. */
	boolean has(String fingerprint) {
		return fingerprints.stream().map(each -> each.replaceFirst("=+$", ""))
				.anyMatch(plain -> fingerprint.equals(plain) || fingerprint.equals("SHA256:" + plain));
	}
}
