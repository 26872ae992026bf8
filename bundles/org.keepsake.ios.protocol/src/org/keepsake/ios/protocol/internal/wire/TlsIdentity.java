// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Who this host is towards one device. The device's own certificate is not checked: it was made by whichever program
 * paired, and what proves the device is that it accepts ours. Thread-safe.
 */
public final class TlsIdentity {

	private final SSLContext context;

	/**
	 * @param certificate the host's certificate, as its DER bytes
	 * @param key         the private key to it
	 */
	public TlsIdentity(byte[] certificate, PrivateKey key) throws GeneralSecurityException {
		LenientCertificates.install();
		X509Certificate[] chain = { LenientCertificates.parse(certificate) };
		context = SSLContext.getInstance("TLS");
		context.init(new X509ExtendedKeyManager[] { new OneKey(chain, key) },
				new TrustManager[] { new AnyDevice() }, null);
	}

	SSLContext context() {
		return context;
	}

	/** Always presents the one certificate, whatever authorities the device names. */
	private static final class OneKey extends X509ExtendedKeyManager {
		private static final String ALIAS = "host";
		private final X509Certificate[] chain;
		private final PrivateKey key;

		OneKey(X509Certificate[] chain, PrivateKey key) {
			this.chain = chain;
			this.key = key;
		}

		@Override
		public String chooseEngineClientAlias(String @Nullable [] types, Principal @Nullable [] issuers,
				@Nullable SSLEngine engine) {
			return ALIAS;
		}

		@Override
		public String chooseClientAlias(String @Nullable [] types, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return ALIAS;
		}

		@Override
		public String[] getClientAliases(@Nullable String type, Principal @Nullable [] issuers) {
			return new String[] { ALIAS };
		}

		@Override
		public String @Nullable [] getServerAliases(@Nullable String type, Principal @Nullable [] issuers) {
			return null;
		}

		@Override
		public @Nullable String chooseServerAlias(@Nullable String type, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return null;
		}

		@Override
		public X509Certificate[] getCertificateChain(@Nullable String alias) {
			return chain.clone();
		}

		@Override
		public PrivateKey getPrivateKey(@Nullable String alias) {
			return key;
		}
	}

	/** The extended variant, so that the JDK adds no checks of its own to algorithms and names. */
	private static final class AnyDevice extends X509ExtendedTrustManager {
		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable Socket socket) {
			// this side is never the server
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable Socket socket) {
			// any: see the class comment
		}

		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable SSLEngine engine) {
			// this side is never the server
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable SSLEngine engine) {
			// any: see the class comment
		}

		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {
			// this side is never the server
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {
			// any: see the class comment
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}
}
