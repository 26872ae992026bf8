// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.Properties;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Certificates of pairings have empty names for subject and issuer, which the JDK's own parser refuses ("Empty issuer
 * DN not allowed"), also when TLS receives one. While a handshake of ours runs, certificates on its thread are parsed by
 * Bouncy Castle; everything else in the process keeps the JDK's parser, since this provider then says that it has none.
 */
public final class PairingCertificates extends Provider {

	private static final long serialVersionUID = 1L;
	private static final String TYPE = "X.509";
	private static final ThreadLocal<@Nullable Boolean> LENIENT = new ThreadLocal<>();
	private static final PairingCertificates INSTANCE = new PairingCertificates();
	private static final BouncyCastleProvider PARSER = new BouncyCastleProvider();

	private PairingCertificates() {
		super("KeepsakeVirtualPairing", "1", "Certificates with empty names, during handshakes of virtual iPhones");
		putService(new Service(this, "CertificateFactory", TYPE, BouncyCastleProvider.class.getName(), null, null) {
			@Override
			public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
				if (LENIENT.get() == null) {
					throw new NoSuchAlgorithmException("Only during handshakes of virtual iPhones");
				}
				return PARSER.getService("CertificateFactory", TYPE).newInstance(null);
			}
		});
	}

	/** A step of a handshake. */
	interface Step {
		void run() throws IOException;
	}

	/** Runs the step; certificates with empty names are accepted on this thread meanwhile. */
	static void leniently(Step step) throws IOException {
		install();
		boolean outermost = begin();
		try {
			step.run();
		} finally {
			end(outermost);
		}
	}

	private static boolean begin() {
		boolean outermost = LENIENT.get() == null;
		LENIENT.set(Boolean.TRUE);
		Properties.setThreadOverride(Properties.X509_ALLOW_EMPTY_ISSUER_CERT, true);
		return outermost;
	}

	private static void end(boolean outermost) {
		if (outermost) {
			LENIENT.remove();
			Properties.removeThreadOverride(Properties.X509_ALLOW_EMPTY_ISSUER_CERT);
		}
	}

	/** First in the row, even if somebody came later: the first parser found is the one that TLS takes. */
	private static void install() {
		synchronized (INSTANCE) {
			if (Security.getProviders()[0] != INSTANCE) {
				Security.removeProvider(INSTANCE.getName());
				Security.insertProviderAt(INSTANCE, 1);
			}
		}
	}

	/** A certificate from its DER bytes, for TLS. */
	public static X509Certificate parse(byte[] der) throws CertificateException {
		boolean outermost = begin();
		try {
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance(TYPE, PARSER)
					.generateCertificate(new ByteArrayInputStream(der));
			if (certificate == null) {
				throw new CertificateException("There is no certificate");
			}
			return certificate;
		} finally {
			end(outermost);
		}
	}

	/** A certificate from its PEM bytes, to look at. */
	public static X509CertificateHolder parsePem(byte[] pem) throws IOException {
		boolean outermost = begin();
		try (PEMParser parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
			if (parser.readObject() instanceof X509CertificateHolder certificate) {
				return certificate;
			}
			throw new IOException("There is no certificate");
		} catch (IllegalArgumentException | ClassCastException e) {
			throw new IOException(e);
		} finally {
			end(outermost);
		}
	}
}
