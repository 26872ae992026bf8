// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.auth.AuthenticationContext;
import com.hierynomus.smbj.auth.NtlmAuthenticator;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.connection.Connection;
import com.hierynomus.smbj.session.SMB2GuestSigningRequiredException;
import com.hierynomus.smbj.session.Session;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.Share;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

/** Opens connections to one share: agrees upon the protocol, logs in, refuses what is not safe enough. Thread-safe. */
final class Dialer {

	/** How much protection on the way a person wants. */
	private enum Encryption {
		REQUIRED, WANTED, OFF
	}

	private static final int LARGEST_REQUEST = 1 << 20;

	private final SmbLocation location;
	private final StorageFactory.Context context;
	private final Optional<String> user;
	private final boolean guest;
	private final Encryption encryption;
	private final SmbConfig config;

	Dialer(SmbLocation location, StorageFactory.Context context) throws ProblemException {
		StorageSettings settings = new StorageSettings(context);
		this.location = location;
		this.context = context;
		this.guest = settings.flag("guest", false);
		this.user = location.loginName()
				.or(() -> guest ? Optional.empty() : settings.variable("USER").or(() -> settings.variable("USERNAME")));
		this.encryption = encryption(settings.text("encryption").orElse("wanted"));
		this.config = SmbConfig.builder().withSocketFactory(new OnlyThere(location.host(), location.port()))
				.withTransportLayerFactory(new Guard()).withSecurityProvider(new Security())
				.withAuthenticators(List.of(new NtlmAuthenticator.Factory())).withSigningRequired(!guest)
				.withEncryptData(encryption != Encryption.OFF).withBufferSize(LARGEST_REQUEST)
				.withTimeout(Link.ANSWER_SECONDS, TimeUnit.SECONDS).withDfsEnabled(false).build();
	}

	private static Encryption encryption(String text) throws ProblemException {
		for (Encryption each : Encryption.values()) {
			if (each.name().equals(text.toUpperCase(Locale.ROOT))) {
				return each;
			}
		}
		throw StorageSettings.SETTING.exception("encryption", "required, wanted, off");
	}

	/**
	 * Opens a connection.
	 *
	 * @throws ProblemException if a person has to do something
	 * @throws IOException      if it may pass, or the server's answer to the login
	 */
	Link dial() throws IOException {
		AuthenticationContext login = login();
		SMBClient client = new SMBClient(config);
		Connection connection = connection(client);
		try {
			Session session = checked(authenticate(connection, login));
			Share share = session.connectShare(location.share());
			if (share instanceof DiskShare folder) {
				return new Link(client, connection, session, folder);
			}
			throw StorageProblems.NO_SUCH_PLACE.exception(location.text());
		} catch (IOException e) {
			end(client, connection);
			throw e;
		} catch (RuntimeException e) {
			end(client, connection);
			throw unwrapped(e);
		} finally {
			Arrays.fill(login.getPassword(), '\0');
		}
	}

	/** The library copies the password; its copy is wiped when the connection stands. */
	private AuthenticationContext login() throws IOException {
		if (user.isEmpty()) {
			if (!guest) {
				throw SmbProblems.NO_PASSWORD.exception(location.text(), "?");
			}
			return AuthenticationContext.guest();
		}
		Optional<Secret> secret = context.secret("password");
		if (secret.isEmpty()) {
			throw SmbProblems.NO_PASSWORD.exception(location.text(), user.get());
		}
		try (Secret given = secret.get()) {
			char[] password = given.revealCharacters();
			try {
				return new AuthenticationContext(user.get(), password, location.domain());
			} finally {
				Arrays.fill(password, '\0');
			}
		}
	}

	private Connection connection(SMBClient client) throws IOException {
		try {
			return client.connect(location.host(), location.port());
		} catch (RuntimeException e) {
			client.close();
			if (e instanceof SMBRuntimeException && !(e instanceof SMBApiException) && e.getCause() == null) {
				throw SmbProblems.OLD.exceptionBecause(e, location.text());
			}
			throw unwrapped(e);
		}
	}

	private Session authenticate(Connection connection, AuthenticationContext login) throws IOException {
		try {
			return connection.authenticate(login);
		} catch (SMB2GuestSigningRequiredException e) {
			throw SmbProblems.GUEST.exceptionBecause(e, location.text());
		} catch (SMBApiException e) {
			IOException told = unwrapped(e);
			if (!Failures.isDenied(told)) {
				throw told;
			}
			throw encryption == Encryption.OFF // which is what the server then refuses
					? StorageProblems.FORBIDDEN.exceptionBecause(e, location.text(), "log in without encryption")
					: StorageProblems.CREDENTIALS.exceptionBecause(e, location.text());
		}
	}

	private Session checked(Session session) throws IOException {
		if (!guest && (session.isGuest() || session.isAnonymous())) {
			throw SmbProblems.GUEST.exception(location.text());
		}
		if (encryption == Encryption.REQUIRED && !session.shouldEncryptData()) {
			throw SmbProblems.NOT_ENCRYPTED.exception(location.text());
		}
		return session;
	}

	private static void end(SMBClient client, Connection connection) {
		try {
			connection.close(true);
		} catch (IOException | RuntimeException e) {
			System.getLogger(Dialer.class.getName()).log(System.Logger.Level.DEBUG, "Broken already", e);
		}
		client.close();
	}

	/** What is in the library's unchecked exceptions. */
	static IOException unwrapped(RuntimeException e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof InterruptedException) {
				Thread.currentThread().interrupt();
				InterruptedIOException end = new InterruptedIOException("Interrupted");
				end.initCause(e);
				return end;
			}
			if (cause instanceof ProblemException told) {
				return told;
			}
		}
		return new IOException(e.getMessage(), e);
	}
}
