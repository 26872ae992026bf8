// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;

/**
 * The private keys in files that a login may use: those named by the setting {@code identity}, else those that
 * {@code ~/.ssh/config} names, else the usual ones in {@code ~/.ssh}. Read when they are wanted first, and kept.
 * Thread-safe.
 */
final class Identities {

	private static final List<String> USUAL = List.of("id_ed25519", "id_ecdsa", "id_rsa");
	private static final long LARGEST = 1 << 20;

	private final String location;
	private final StorageFactory.Context context;
	private final boolean named;
	private final List<Path> files;
	/** Only looked for if no files are named anywhere. */
	private final List<Path> usual;
	private @Nullable List<KeyPair> keys;
	private @Nullable ProblemException locked;

	/**
	 * @param setting    the setting {@code identity}, files separated by commas
	 * @param configured by the configuration of SSH
	 */
	Identities(String location, StorageFactory.Context context, Path home, Optional<String> setting,
			List<String> configured) {
		this.location = location;
		this.context = context;
		this.named = setting.isPresent();
		this.files = setting.map(text -> List.of(text.split("\\s*,\\s*"))).orElse(configured).stream()
				.map(each -> SshConfig.expand(home, each)).toList();
		this.usual = files.isEmpty() ? USUAL.stream().map(each -> home.resolve(".ssh").resolve(each)).toList()
				: List.of();
	}

	/** Whether the setting names keys: then no others are tried, not even the agent's, if they can be used. */
	boolean areNamed() {
		return named;
	}

	/** A key that could not be used for want of its passphrase; tells more than a refused login. */
	synchronized Optional<ProblemException> locked() {
		ProblemException problem = locked;
		return problem == null ? Optional.empty() : Optional.of(problem);
	}

	/** The keys, read at the first call. */
	synchronized List<KeyPair> keys() throws IOException {
		List<KeyPair> known = keys;
		if (known == null) {
			known = new ArrayList<>();
			for (Path file : files) {
				if (named || Files.exists(file)) {
					known.addAll(read(file));
				}
			}
			for (Path file : usual) {
				if (Files.exists(file)) {
					known.addAll(read(file));
				}
			}
			keys = List.copyOf(known);
		}
		return known;
	}

	private List<KeyPair> read(Path file) throws IOException {
		List<KeyPair> found = new ArrayList<>();
		AtomicBoolean encrypted = new AtomicBoolean();
		try (InputStream in = Files.newInputStream(file)) {
			if (Files.size(file) > LARGEST) {
				throw SftpProblems.NO_KEY.exception(location, file);
			}
			Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()),
					in,
					passphrase(encrypted));
			if (pairs != null) {
				pairs.forEach(found::add);
			}
		} catch (ProblemException e) {
			throw e;
		} catch (IOException | GeneralSecurityException | RuntimeException e) {
			if (encrypted.get()) {
				locked = SftpProblems.KEY_LOCKED.exceptionBecause(e, location, file);
				return List.of();
			}
			if (named) {
				throw SftpProblems.NO_KEY.exceptionBecause(e, location, file);
			}
			System.getLogger(Identities.class.getName()).log(System.Logger.Level.WARNING, "Not a key: {0}", file);
		}
		if (found.isEmpty() && named) {
			throw SftpProblems.NO_KEY.exception(location, file);
		}
		return found;
	}

	/** Asks for the passphrase only if the key is encrypted. The library wants a string, which cannot be wiped. */
	private FilePasswordProvider passphrase(AtomicBoolean encrypted) {
		return (session, resource, retry) -> {
			encrypted.set(true);
			Optional<Secret> secret = context.secret("passphrase");
			if (secret.isEmpty()) {
				return null;
			}
			try (Secret given = secret.get()) {
				return new String(given.revealCharacters());
			}
		};
	}
}
