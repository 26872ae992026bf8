// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.common.SftpConstants;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

/** Opens connections to one server: finds out whom to call, checks its host key, logs in. Thread-safe. */
final class Dialer implements Closeable {

	private static final Duration CONNECT = Duration.ofSeconds(20);
	private static final Duration LOGIN = Duration.ofSeconds(60);
	private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);
	/** What may be on its way to us in one channel: a fast and far server needs more than the usual 2 MiB. */
	private static final long WINDOW = 8 << 20;
	private static final int USUAL_PORT = 22;

	/** The library's own ChaCha is slow, AES is done by the processor. */
	private static final List<NamedFactory<Cipher>> CIPHERS = List.of(BuiltinCiphers.aes128gcm,
			BuiltinCiphers.aes256gcm,
			BuiltinCiphers.aes256ctr, BuiltinCiphers.aes128ctr, BuiltinCiphers.aes192ctr,
			BuiltinCiphers.cc20p1305_openssh);

	private final SftpLocation location;
	private final StorageFactory.Context context;
	private final Path home;
	private final String host;
	private final int port;
	private final String user;
	private final HostKeys hostKeys;
	private final Identities identities;
	private final Optional<Path> agent;
	private final Optional<String> jump;
	private @Nullable SshClient client;
	private boolean closed;

	Dialer(SftpLocation location, StorageFactory.Context context) {
		StorageSettings settings = new StorageSettings(context);
		this.location = location;
		this.context = context;
		this.home = Path.of(settings.variable("HOME").or(() -> settings.variable("USERPROFILE"))
				.orElseGet(() -> System.getProperty("user.home", ".")));
		SshConfig config = SshConfig.of(home, location.host());
		this.host = config.first("HostName").map(name -> name.replace("%h", location.host())).orElse(location.host());
		this.port = location.port() > 0 ? location.port()
				: config.first("Port").filter(text -> text.matches("[0-9]{1,5}")).map(Integer::valueOf)
						.orElse(USUAL_PORT);
		this.user = location.loginName().or(() -> config.first("User"))
				.or(() -> settings.variable("USER")).or(() -> settings.variable("USERNAME"))
				.orElseGet(() -> System.getProperty("user.name", ""));
		this.hostKeys = new HostKeys(settings.text("host-key"), home, config.first("HostKeyAlias").orElse(host), port);
		this.identities = new Identities(location.text(), context, home, settings.text("identity"),
				config.all("IdentityFile"));
		this.agent = config.first("IdentityAgent")
				.filter(text -> !text.startsWith("$") && !text.equals("SSH_AUTH_SOCK"))
				.map(text -> text.equals("none") ? Optional.<String>empty() : Optional.of(text))
				.orElseGet(() -> settings.variable("SSH_AUTH_SOCK")).map(text -> SshConfig.expand(home, text));
		this.jump = config.first("ProxyJump").filter(text -> !text.equals("none")).map(text -> "ProxyJump " + text)
				.or(() -> config.first("ProxyCommand").filter(text -> !text.equals("none"))
						.map(text -> "ProxyCommand"));
	}

	/**
	 * Opens a connection.
	 *
	 * @throws ProblemException if a person has to do something
	 * @throws IOException      if it may pass
	 */
	Connection dial() throws IOException {
		if (jump.isPresent()) {
			throw SftpProblems.JUMP.exception(location.text(), jump.get());
		}
		InetAddress address = InetAddress.getByName(host);
		ClientSession session = connected(address);
		try {
			logIn(session);
			return new Connection(session, subsystem(session));
		} catch (IOException | RuntimeException e) {
			session.close(true);
			throw e;
		}
	}

	private ClientSession connected(InetAddress address) throws IOException {
		try {
			return client().connect(user, new InetSocketAddress(address, port)).verify(CONNECT).getSession();
		} catch (UnresolvedAddressException e) {
			UnknownHostException unknown = new UnknownHostException(host);
			unknown.initCause(e);
			throw unknown;
		} catch (SshException e) {
			if (e.getCause() instanceof ConnectException refused) {
				throw refused;
			}
			throw e;
		}
	}

	private void logIn(ClientSession session) throws IOException {
		try {
			session.auth().verify(LOGIN);
		} catch (IOException e) {
			String refusal = session.getAttribute(HostKeys.REFUSAL);
			if (refusal != null) {
				throw StorageProblems.NOT_TRUSTED.exceptionBecause(e, location.text(), refusal);
			}
			ProblemException told = told(e);
			if (told != null) {
				throw told;
			}
			if (isRefusal(e)) {
				throw identities.locked()
						.orElseGet(() -> StorageProblems.CREDENTIALS.exceptionBecause(e, location.text()));
			}
			throw e;
		}
	}

	/** Reading keys and secrets happens within the library, which wraps what goes wrong there. */
	private static @Nullable ProblemException told(Throwable e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof ProblemException problem) {
				return problem;
			}
		}
		return null;
	}

	/** No more methods, or too many attempts; everything else is a broken connection. */
	private static boolean isRefusal(IOException e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof SshException ssh
					&& ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
					|| String.valueOf(cause.getMessage()).contains("oo many authentication failures")) {
				return true;
			}
		}
		return false;
	}

	private SftpClient subsystem(ClientSession session) throws IOException {
		try {
			return SftpClientFactory.instance().createSftpClient(session,
					SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3));
		} catch (IOException e) {
			if (session.isOpen()) {
				throw StorageProblems.NOT_TRUSTED.exceptionBecause(e, location.text(), Texts.NO_SFTP.text());
			}
			throw e;
		}
	}

	private synchronized SshClient client() throws IOException {
		if (closed) {
			throw new IOException("Closed");
		}
		SshClient known = client;
		if (known == null) {
			known = newClient();
			known.start();
			client = known;
		}
		return known;
	}

	private SshClient newClient() throws IOException {
		SshClient fresh = SshClient.setUpDefaultClient();
		fresh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
		fresh.setServerKeyVerifier(hostKeys);
		fresh.setCipherFactories(CIPHERS.stream().filter(each -> ((BuiltinCiphers) each).isSupported()).toList());
		fresh.setSignatureFactories(preferred(fresh.getSignatureFactories(), hostKeys.kinds()));
		fresh.setKeyIdentityProvider(keys());
		fresh.setPasswordIdentityProvider(session -> password());
		if (agent.isPresent() && !(identities.areNamed() && !identities.keys().isEmpty())) {
			fresh.setAgentFactory(Agent.at(agent.get()));
		}
		CoreModuleProperties.HEARTBEAT_INTERVAL.set(fresh, SIGN_OF_LIFE);
		CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(fresh, 3);
		CoreModuleProperties.IDLE_TIMEOUT.set(fresh, Duration.ZERO);
		CoreModuleProperties.WINDOW_SIZE.set(fresh, WINDOW);
		CoreModuleProperties.PASSWORD_PROMPTS.set(fresh, 1);
		return fresh;
	}

	private KeyIdentityProvider keys() {
		return session -> new ArrayList<>(identities.keys());
	}

	/** The library wants a string, which cannot be wiped. */
	private List<String> password() throws IOException {
		Optional<Secret> secret = context.secret("password");
		if (secret.isEmpty()) {
			return List.of();
		}
		try (Secret given = secret.get()) {
			return List.of(new String(given.revealCharacters()));
		}
	}

	/** The kinds of host keys that are known for the server first, so that it does not show us one that is not. */
	private static List<NamedFactory<Signature>> preferred(List<NamedFactory<Signature>> all, Set<String> kinds) {
		List<NamedFactory<Signature>> sorted = new ArrayList<>();
		all.stream().filter(each -> kinds.contains(kind(each.getName()))).forEach(sorted::add);
		all.stream().filter(each -> !sorted.contains(each)).forEach(sorted::add);
		return sorted;
	}

	private static String kind(String algorithm) {
		return algorithm.startsWith("rsa-sha2-") && !algorithm.contains("cert") ? "ssh-rsa" : algorithm;
	}

	@Override
	public synchronized void close() {
		closed = true;
		SshClient known = client;
		client = null;
		if (known != null) {
			known.stop();
		}
	}
}
