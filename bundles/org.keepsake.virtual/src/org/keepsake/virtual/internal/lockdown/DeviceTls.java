// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.IosVersion;
import org.keepsake.virtual.internal.phone.TrustedHost;
import org.keepsake.virtual.internal.phone.VirtualPhone;
import org.keepsake.virtual.internal.wire.PairingCertificates;

/**
 * The device as a TLS server: shows the certificate that the host made over its key, and lets nobody in but the holder
 * of the host's or the root's key of the same pairing. TLS 1.2 as real devices were seen to choose it; 1.3 too with
 * the fault {@code tls-1.3}. Thread-safe.
 */
public final class DeviceTls {

	private static final String[] SUITES = { "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
			"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" };
	private static final String[] OLD_SUITES = { "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
			"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA",
			"TLS_RSA_WITH_AES_128_CBC_SHA" };

	private final VirtualPhone phone;
	private final Map<TrustedHost, SSLContext> contexts = new ConcurrentHashMap<>();

	/** For one device. */
	public DeviceTls(VirtualPhone phone) {
		this.phone = phone;
	}

	/** For one connection of a host that the device trusts, or refuses if told so. */
	public SSLEngine engine(TrustedHost host) throws IOException {
		try {
			boolean refuse = phone.faults().has("tls-refuse");
			SSLContext context = contexts.get(host);
			if (context == null || refuse) {
				context = context(host, refuse);
			}
			if (!refuse) {
				contexts.keySet().removeIf(other -> phone.trust().find(other.hostId()) != other);
				contexts.put(host, context);
			}
			SSLEngine engine = context.createSSLEngine();
			engine.setUseClientMode(false);
			engine.setSSLParameters(parameters());
			return engine;
		} catch (GeneralSecurityException e) {
			throw new IOException("The device's TLS", e);
		}
	}

	private SSLParameters parameters() {
		SSLParameters parameters = new SSLParameters();
		parameters.setNeedClientAuth(true);
		parameters.setUseCipherSuitesOrder(true);
		if (!new IosVersion(phone.iosVersion()).isAtLeast(10, 0)) {
			parameters.setCipherSuites(OLD_SUITES);
			parameters.setProtocols(new String[] { "TLSv1", "TLSv1.1", "TLSv1.2" });
			return parameters;
		}
		parameters.setCipherSuites(SUITES);
		parameters.setProtocols(phone.faults().has("tls-1.3") ? new String[] { "TLSv1.3", "TLSv1.2" }
				: new String[] { "TLSv1.2" });
		return parameters;
	}

	private SSLContext context(TrustedHost host, boolean refuse) throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		X509Certificate own = PairingCertificates.parse(host.deviceCertificate());
		context.init(new KeyManager[] { new DeviceIdentity(own, phone.key().privateKey()) },
				new TrustManager[] { new OneHost(host, refuse) }, null);
		return context;
	}

	private static final class DeviceIdentity extends X509ExtendedKeyManager {

		private static final String ALIAS = "device";
		private final X509Certificate certificate;
		private final PrivateKey key;

		DeviceIdentity(X509Certificate certificate, PrivateKey key) {
			this.certificate = certificate;
			this.key = key;
		}

		@Override
		public @Nullable String chooseEngineServerAlias(@Nullable String type, Principal @Nullable [] issuers,
				@Nullable SSLEngine engine) {
			return chooseServerAlias(type, issuers, null);
		}

		@Override
		public @Nullable String chooseServerAlias(@Nullable String type, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return type != null && type.startsWith("RSA") ? ALIAS : null;
		}

		@Override
		public String @Nullable [] getServerAliases(@Nullable String type, Principal @Nullable [] issuers) {
			return new String[] { ALIAS };
		}

		@Override
		public @Nullable String chooseClientAlias(String @Nullable [] types, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return null;
		}

		@Override
		public String @Nullable [] getClientAliases(@Nullable String type, Principal @Nullable [] issuers) {
			return null;
		}

		@Override
		public X509Certificate[] getCertificateChain(@Nullable String alias) {
			return new X509Certificate[] { certificate };
		}

		@Override
		public PrivateKey getPrivateKey(@Nullable String alias) {
			return key;
		}
	}

	/** The extended variant, so that the JDK adds no checks of its own to algorithms and names. */
	private static final class OneHost extends X509ExtendedTrustManager {

		private final TrustedHost host;
		private final boolean refuse;

		OneHost(TrustedHost host, boolean refuse) {
			this.host = host;
			this.refuse = refuse;
		}

		private void check(X509Certificate @Nullable [] chain) throws CertificateException {
			if (refuse || chain == null || chain.length == 0 || !host.owns(chain[0].getEncoded())) {
				throw new CertificateException("The device does not trust this certificate");
			}
		}

		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type)
				throws CertificateException {
			check(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable Socket socket) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable SSLEngine engine) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type)
				throws CertificateException {
			throw new CertificateException("The device is the server");
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable Socket socket) throws CertificateException {
			throw new CertificateException("The device is the server");
		}

		@Override
		public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type,
				@Nullable SSLEngine engine) throws CertificateException {
			throw new CertificateException("The device is the server");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}
}
