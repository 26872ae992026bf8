// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/** The device's side of TLS. */
public final class TestTls {

	private final SSLContext context;

	/** A device with that certificate. */
	public TestTls(byte[] certificate, PrivateKey key) throws GeneralSecurityException {
		LenientCertificates.install();
		context = SSLContext.getInstance("TLS");
		X509Certificate parsed = LenientCertificates.parse(certificate);
		context.init(new javax.net.ssl.KeyManager[] { new Keys(parsed, key) }, new TrustManager[] { new Anybody() },
				null);
	}

	/** Agrees on TLS as the server; the client's certificate is demanded. */
	public SSLSocket accept(Socket socket, String... protocols) throws IOException {
		SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, "Device", 0, true);
		secured.setUseClientMode(false);
		secured.setNeedClientAuth(true);
		if (protocols.length > 0) {
			secured.setEnabledProtocols(protocols);
		}
		return LenientCertificates.leniently(() -> {
			secured.startHandshake();
			if (secured.getSession().getPeerCertificates().length == 0) {
				throw new IOException("No certificate");
			}
			return secured;
		});
	}

	@NonNullByDefault({})
	private static final class Keys extends javax.net.ssl.X509ExtendedKeyManager {
		private final X509Certificate certificate;
		private final PrivateKey key;

		Keys(X509Certificate certificate, PrivateKey key) {
			this.certificate = certificate;
			this.key = key;
		}

		@Override
		public String[] getClientAliases(String type, java.security.Principal[] issuers) {
			return new String[0];
		}

		@Override
		public @Nullable String chooseClientAlias(String[] type, java.security.Principal[] issuers, Socket socket) {
			return null;
		}

		@Override
		public String[] getServerAliases(String type, java.security.Principal[] issuers) {
			return new String[] { "device" };
		}

		@Override
		public @Nullable String chooseServerAlias(String type, java.security.Principal[] issuers, Socket socket) {
			return type.equals("RSA") ? "device" : null;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return new X509Certificate[] { certificate };
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return key;
		}
	}

	@NonNullByDefault({})
	private static final class Anybody extends X509ExtendedTrustManager {
		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			// anybody
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
			// anybody
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
			// anybody
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {
			// anybody
		}
	}
}
