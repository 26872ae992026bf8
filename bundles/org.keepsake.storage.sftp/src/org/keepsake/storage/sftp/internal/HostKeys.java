// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Decides if a server's host key is to be trusted: it is the one named by the setting {@code host-key}, or, if there is
 * no such setting, noted for the host in {@code known_hosts}, by name or hashed. Source: sshd(8) of OpenSSH, "SSH_KNOWN_HOSTS
 * FILE FORMAT".
 */
final class HostKeys implements ServerKeyVerifier {

	/** Why a session's host key was refused, for a person. */
	static final AttributeKey<String> REFUSAL = new AttributeKey<>();

	private static final long LARGEST = 16 << 20;

	private record Noted(PublicKey key, boolean revoked, Path file) {
	}

	private final AcceptedKeys accepted;
	private final List<Noted> noted;

	/**
	 * @param accepted fingerprints {@code SHA256:…} or public keys, separated by commas or spaces; if there are some,
	 *                 they alone count
	 * @param host     name or address as it is dialled
	 */
	HostKeys(Optional<String> accepted, Path home, String host, int port) {
		this.accepted = accepted.map(AcceptedKeys::of).orElse(AcceptedKeys.NONE);
		this.noted = this.accepted.isEmpty() ? noted(home, host, port) : List.of();
	}

	private static List<Noted> noted(Path home, String host, int port) {
		List<Noted> found = new ArrayList<>();
		for (Path file : List.of(home.resolve(".ssh/known_hosts"), home.resolve(".ssh/known_hosts2"),
				Path.of("/etc/ssh/ssh_known_hosts"))) {
			for (String line : lines(file)) {
				noted(line, host, port, file).ifPresent(found::add);
			}
		}
		return found;
	}

	private static List<String> lines(Path file) {
		try {
			return Files.isRegularFile(file) && Files.size(file) <= LARGEST
					? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
					: List.of();
		} catch (IOException e) {
			System.getLogger(HostKeys.class.getName()).log(System.Logger.Level.WARNING, "Cannot read {0}", file);
			return List.of();
		}
	}

	/** A line that is not understood notes nothing. */
	private static Optional<Noted> noted(String line, String host, int port, Path file) {
		if (line.isBlank() || line.strip().startsWith("#")) {
			return Optional.empty();
		}
		try {
			KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line.strip());
			if (entry == null || "cert-authority".equals(entry.getMarker()) || !entry.isHostMatch(host, port)) {
				return Optional.empty();
			}
			PublicKey key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
			return key == null ? Optional.empty()
					: Optional.of(new Noted(key, "revoked".equals(entry.getMarker()), file));
		} catch (IOException | GeneralSecurityException | RuntimeException e) {
			System.getLogger(HostKeys.class.getName()).log(System.Logger.Level.DEBUG, "A line of {0} is not understood",
					file);
			return Optional.empty();
		}
	}

	/** The kinds of keys that are accepted or noted for the host, such as {@code ssh-ed25519}: the server is asked for these first. */
	Set<String> kinds() {
		Set<String> kinds = new LinkedHashSet<>(accepted.kinds());
		noted.stream().filter(each -> !each.revoked()).forEach(each -> kinds.add(KeyUtils.getKeyType(each.key())));
		return kinds;
	}

	@Override
	public boolean verifyServerKey(@Nullable ClientSession session, @Nullable SocketAddress address,
			@Nullable PublicKey key) {
		if (session == null || key == null) {
			return false;
		}
		Optional<String> refusal = refusal(key);
		refusal.ifPresent(text -> session.setAttribute(REFUSAL, text));
		return refusal.isEmpty();
	}

	/** Why a key is not to be trusted; empty if it is. */
	Optional<String> refusal(PublicKey key) {
		String fingerprint = KeyUtils.getFingerPrint(key);
		String shown = fingerprint + " (" + KeyUtils.getKeyType(key) + ')';
		if (!accepted.isEmpty()) {
			return accepted.has(fingerprint) ? Optional.empty()
					: Optional.of(Texts.OTHER_KEY.text(shown, String.join(", ", accepted.fingerprints())));
		}
		for (Noted each : noted) {
			if (each.revoked() && KeyUtils.compareKeys(each.key(), key)) {
				return Optional.of(Texts.REVOKED_KEY.text(shown, each.file()));
			}
		}
		List<Noted> valid = noted.stream().filter(each -> !each.revoked()).toList();
		if (valid.stream().anyMatch(each -> KeyUtils.compareKeys(each.key(), key))) {
			return Optional.empty();
		}
		return Optional.of(valid.stream().findFirst()
				.map(old -> Texts.CHANGED_KEY.text(shown,
						KeyUtils.getFingerPrint(old.key()) + " (" + KeyUtils.getKeyType(old.key()) + ')', old.file(),
						fingerprint))
				.orElseGet(() -> Texts.UNKNOWN_KEY.text(shown, fingerprint)));
	}
}
