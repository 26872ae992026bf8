// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;

/**
 * Which servers are believed, by the settings
 *
 * <ul>
 * <li>{@code ca}: a file with certificates (PEM or DER); only what they have signed is trusted, instead of what this
 * computer trusts;
 * <li>{@code pin}: SHA-256 of the server's certificate or of its public key (SubjectPublicKeyInfo, RFC 7469), in
 * hexadecimal or Base64, with or without {@code sha256:} before it; several with commas between. Who has the key is the
 * server, whatever its certificate says of names and dates; together with {@code ca}, both must hold.
 * </ul>
 *
 * Immutable.
 */
public final class TrustSettings {

	private static final int SHA256_BYTES = 32;

	private final List<Path> authorities;
	/** In hexadecimal, small letters. */
	private final Set<String> pins;

	private TrustSettings(List<Path> authorities, Set<String> pins) {
		this.authorities = authorities;
		this.pins = pins;
	}

	/** Reads the settings, not yet the file. */
	public static TrustSettings of(StorageSettings settings) throws ProblemException {
		Set<String> pins = new TreeSet<>();
		for (String pin : settings.text("pin").map(text -> text.split(",")).orElse(new String[0])) {
			pins.add(fingerprint(pin.strip()));
		}
		Optional<String> file = settings.text("ca");
		try {
			return new TrustSettings(file.map(Path::of).stream().toList(), pins);
		} catch (InvalidPathException e) {
			throw StorageSettings.SETTING.exceptionBecause(e, "ca", "/path/to/ca.pem");
		}
	}

	Set<String> pins() {
		return pins;
	}

	/** As tools write it: {@code sha256:} and hexadecimal, or {@code sha256/} or {@code sha256//} and Base64. */
	private static String fingerprint(String pin) throws ProblemException {
		String digits = pin.replaceFirst("^(?i)sha-?256[:/]", "");
		Optional<String> told = digest(digits);
		if (told.isEmpty() && digits.startsWith("/")) {
			// Not before: a digest in Base64 may itself begin with a slash.
			told = digest(digits.substring(1));
		}
		return told
				.orElseThrow(() -> StorageSettings.SETTING.exception("pin", "sha256:" + "0123456789abcdef".repeat(4)));
	}

	private static Optional<String> digest(String digits) {
		String bare = digits.replace(":", "").toLowerCase(Locale.ROOT);
		if (bare.matches("[0-9a-f]{64}")) {
			return Optional.of(bare);
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(digits);
			return bytes.length == SHA256_BYTES ? Optional.of(HexFormat.of().formatHex(bytes)) : Optional.empty();
		} catch (IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	/**
	 * What TLS connections are made with. A refused certificate makes an {@link UntrustedException} among the causes of
	 * the failed connection.
	 */
	public SSLContext context() throws IOException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new Judge(authority(), authorities.isEmpty() && !pins.isEmpty()) },
					null);
			return context;
		} catch (GeneralSecurityException e) {
			throw new IOException("TLS cannot be set up", e);
		}
	}

	private X509ExtendedTrustManager authority() throws IOException, GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(authorities.isEmpty() ? null : keyStore(authorities.getFirst()));
		for (TrustManager manager : factory.getTrustManagers()) {
			if (manager instanceof X509ExtendedTrustManager extended) {
				return extended;
			}
		}
		throw new GeneralSecurityException("No X.509 trust manager");
	}

	private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		int number = 0;
		try (InputStream in = Files.newInputStream(file)) {
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
				store.setCertificateEntry("ca" + number++, certificate);
			}
		} catch (IOException | CertificateException e) {
			throw StorageSettings.SETTING.exceptionBecause(e, "ca", "/path/to/ca.pem");
		}
		if (number == 0) {
			throw StorageSettings.SETTING.exception("ca", "/path/to/ca.pem");
		}
		return store;
	}

	private static String sha256(byte[] bytes) throws CertificateException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		} catch (GeneralSecurityException e) {
			throw new CertificateException(e);
		}
	}

	/** A server's certificate is refused. The message is for a person and holds its fingerprint. */
	public static final class UntrustedException extends CertificateException {

		private static final long serialVersionUID = 1L;

		UntrustedException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}
	}

	private final class Judge extends X509ExtendedTrustManager {

		private final X509ExtendedTrustManager authority;
		private final boolean pinAlone;

		Judge(X509ExtendedTrustManager authority, boolean pinAlone) {
			this.authority = authority;
			this.pinAlone = pinAlone;
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
				throws CertificateException {
			judge(chain, () -> authority.checkServerTrusted(chain, type, engine));
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
				throws CertificateException {
			judge(chain, () -> authority.checkServerTrusted(chain, type, socket));
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
			judge(chain, () -> authority.checkServerTrusted(chain, type));
		}

		private void judge(X509Certificate[] chain, Check check) throws CertificateException {
			if (chain.length == 0) {
				throw new UntrustedException("It shows no certificate.", null);
			}
			String fingerprint = sha256(chain[0].getEncoded());
			if (!pins.isEmpty() && !pins.contains(fingerprint)
					&& !pins.contains(sha256(chain[0].getPublicKey().getEncoded()))) {
				throw new UntrustedException("Its certificate is not the one that is pinned, but sha256:" + fingerprint,
						null);
			}
			if (pinAlone) {
				return;
			}
			try {
				check.run();
			} catch (CertificateException e) {
				throw new UntrustedException(reason(e) + " Its fingerprint is sha256:" + fingerprint, e);
			}
		}

		private static String reason(CertificateException e) {
			for (Throwable cause = e; cause != null; cause = cause.getCause()) {
				if (cause instanceof CertificateExpiredException) {
					return "Its certificate has expired, or this computer's clock is wrong.";
				}
				if (cause instanceof CertificateNotYetValidException) {
					return "Its certificate is not valid yet, or this computer's clock is wrong.";
				}
			}
			String text = String.valueOf(e.getMessage());
			return text.contains("No name matching") || text.contains("No subject alternative")
					? "Its certificate is for another name."
					: "Its certificate is signed by nobody whom this computer trusts.";
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
			throw new CertificateException("There are no clients here");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
				throws CertificateException {
			throw new CertificateException("There are no clients here");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
				throws CertificateException {
			throw new CertificateException("There are no clients here");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return authority.getAcceptedIssuers();
		}
	}

	private interface Check {
		void run() throws CertificateException;
	}
}
