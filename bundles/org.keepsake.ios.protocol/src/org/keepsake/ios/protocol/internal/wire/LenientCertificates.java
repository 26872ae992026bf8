// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Makes the JDK's TLS accept the certificates of pairings. They have empty issuer and subject names, as Apple's and
 * everybody's hosts make them, and the JDK's certificate parser refuses such a certificate before any trust manager is
 * asked ("Empty issuer DN not allowed").
 *
 * <p>
 * The only way in is a security provider. It stands first, but differs from the JDK's only on a thread that is in
 * {@link #leniently}: everything else in the process sees the JDK's own parser.
 */
final class LenientCertificates {

	private static final ThreadLocal<@Nullable Boolean> LENIENT = new ThreadLocal<>();
	private static final String TYPE = "X.509";

	private LenientCertificates() {
	}

	/** A step of a handshake. */
	interface Step<T> {
		T run() throws IOException;
	}

	/** Runs the step; certificates with empty names are accepted on this thread meanwhile. */
	static <T> T leniently(Step<T> step) throws IOException {
		LENIENT.set(Boolean.TRUE);
		try {
			return step.run();
		} finally {
			LENIENT.remove();
		}
	}

	/** A certificate from its DER bytes. */
	static X509Certificate parse(byte[] der) throws CertificateException {
		try {
			return (X509Certificate) strict().generateCertificate(new ByteArrayInputStream(der));
		} catch (CertificateException e) {
			return BareCertificate.parse(der, e);
		}
	}

	static synchronized void install() {
		if (Security.getProvider(Lenient.NAME) == null) {
			Security.insertProviderAt(new Lenient(), 1);
		}
	}

	private static CertificateFactory strict() throws CertificateException {
		try {
			return CertificateFactory.getInstance(TYPE, "SUN");
		} catch (GeneralSecurityException e) {
			throw new CertificateException(e);
		}
	}

	private static final class Lenient extends Provider {
		static final String NAME = "KeepsakePairing";
		private static final long serialVersionUID = 1L;

		Lenient() {
			super(NAME, "1", "Parses the certificates of device pairings during their handshakes");
			putService(new Service(this, "CertificateFactory", TYPE, Factory.class.getName(), null, null) {
				@Override
				public Object newInstance(@Nullable Object parameter) {
					return new Factory();
				}
			});
		}
	}

	@NonNullByDefault({}) // the JDK's class says nothing of null
	private static final class Factory extends CertificateFactorySpi {
		@Override
		public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
			if (LENIENT.get() == null) {
				return strict().generateCertificate(in);
			}
			try {
				return parse(in.readAllBytes());
			} catch (IOException e) {
				throw new CertificateException(e);
			}
		}

		@Override
		public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
				throws CertificateException {
			return strict().generateCertificates(in);
		}

		@Override
		public CRL engineGenerateCRL(InputStream in) throws CRLException {
			try {
				return strict().generateCRL(in);
			} catch (CertificateException e) {
				throw new CRLException(e);
			}
		}

		@Override
		public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
			try {
				return strict().generateCRLs(in);
			} catch (CertificateException e) {
				throw new CRLException(e);
			}
		}

		@Override
		public java.security.cert.CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
			return strict().generateCertPath(in);
		}

		@Override
		public java.security.cert.CertPath engineGenerateCertPath(InputStream in, String encoding)
				throws CertificateException {
			return strict().generateCertPath(in, encoding);
		}

		@Override
		public java.security.cert.CertPath engineGenerateCertPath(List<? extends Certificate> certificates)
				throws CertificateException {
			return strict().generateCertPath(certificates);
		}

		@Override
		public java.util.Iterator<String> engineGetCertPathEncodings() {
			try {
				return strict().getCertPathEncodings();
			} catch (CertificateException e) {
				return List.<String>of().iterator();
			}
		}
	}
}
