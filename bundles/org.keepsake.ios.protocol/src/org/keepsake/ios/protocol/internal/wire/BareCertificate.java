// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Date;
import java.util.Set;

import javax.security.auth.x500.X500Principal;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.protocol.internal.pairing.DerReader;

/**
 * A certificate of which only the public key and the bytes matter (RFC 5280, section 4.1). Names, dates and extensions
 * are not read: nothing is decided by them in a pairing.
 */
@NonNullByDefault({}) // the JDK's class says nothing of null
final class BareCertificate extends X509Certificate {

	private static final long serialVersionUID = 1L;
	private static final X500Principal NOBODY = new X500Principal("");

	private final transient byte[] der;
	private final transient byte[] signed;
	private final transient PublicKey key;
	private final transient BigInteger serial;

	private BareCertificate(byte[] der, byte[] signed, PublicKey key, BigInteger serial) {
		this.der = der;
		this.signed = signed;
		this.key = key;
		this.serial = serial;
	}

	/** @param refusal why the JDK refused it, thrown where this reader cannot read it either */
	static BareCertificate parse(byte[] der, CertificateException refusal) throws CertificateException {
		try {
			DerReader outer = new DerReader(der).enter(DerReader.SEQUENCE);
			byte[] signed = outer.peekElement();
			DerReader body = outer.enter(DerReader.SEQUENCE);
			if (body.tag() == 0xa0) { // [0] version
				body.skip();
			}
			BigInteger serial = new BigInteger(body.content(DerReader.INTEGER));
			body.skip(); // signature algorithm
			body.skip(); // issuer
			body.skip(); // validity
			body.skip(); // subject
			byte[] spki = body.peekElement();
			return new BareCertificate(der.clone(), signed, publicKey(spki), serial);
		} catch (GeneralSecurityException e) {
			refusal.addSuppressed(e);
			throw refusal;
		}
	}

	private static PublicKey publicKey(byte[] spki) throws GeneralSecurityException {
		DerReader algorithm = new DerReader(spki).enter(DerReader.SEQUENCE).enter(DerReader.SEQUENCE);
		String oid = java.util.HexFormat.of().formatHex(algorithm.content(DerReader.OBJECT_IDENTIFIER));
		String name = switch (oid) {
			case "2a864886f70d010101" -> "RSA";
			case "2a8648ce3d0201" -> "EC";
			default -> throw new CertificateException("Public key of unknown kind");
		};
		return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(spki));
	}

	@Override
	public byte[] getEncoded() {
		return der.clone();
	}

	@Override
	public PublicKey getPublicKey() {
		return key;
	}

	@Override
	public void verify(PublicKey signer) throws CertificateException, NoSuchAlgorithmException,
			InvalidKeyException, NoSuchProviderException, SignatureException {
		verify(signer, (String) null);
	}

	@Override
	public void verify(PublicKey signer, @Nullable String provider)
			throws CertificateException, NoSuchAlgorithmException,
			InvalidKeyException, NoSuchProviderException, SignatureException {
		DerReader outer = new DerReader(der).enter(DerReader.SEQUENCE);
		outer.skip();
		outer.skip();
		byte[] bits = outer.content(DerReader.BIT_STRING);
		Signature verifier = provider == null ? Signature.getInstance(getSigAlgName())
				: Signature.getInstance(getSigAlgName(), provider);
		verifier.initVerify(signer);
		verifier.update(signed);
		if (bits.length < 1 || !verifier.verify(bits, 1, bits.length - 1)) {
			throw new SignatureException("The certificate's signature is wrong");
		}
	}

	@Override
	public void checkValidity() {
		// dates are not looked at
	}

	@Override
	public void checkValidity(@Nullable Date date) {
		// dates are not looked at
	}

	@Override
	public int getVersion() {
		return 3;
	}

	@Override
	public BigInteger getSerialNumber() {
		return serial;
	}

	@Override
	public Principal getIssuerDN() {
		return NOBODY;
	}

	@Override
	public Principal getSubjectDN() {
		return NOBODY;
	}

	@Override
	public X500Principal getSubjectX500Principal() {
		return NOBODY;
	}

	@Override
	public X500Principal getIssuerX500Principal() {
		return NOBODY;
	}

	@Override
	public Date getNotBefore() {
		return new Date(0);
	}

	@Override
	public Date getNotAfter() {
		return new Date(Long.MAX_VALUE);
	}

	@Override
	public byte[] getTBSCertificate() {
		return signed.clone();
	}

	@Override
	public byte[] getSignature() {
		return new byte[0];
	}

	@Override
	public String getSigAlgName() {
		return getSigAlgOID().endsWith(".5") ? "SHA1withRSA" : "SHA256withRSA";
	}

	@Override
	public String getSigAlgOID() {
		try {
			DerReader outer = new DerReader(der).enter(DerReader.SEQUENCE);
			outer.skip();
			byte[] oid = outer.enter(DerReader.SEQUENCE).content(DerReader.OBJECT_IDENTIFIER);
			return oid[oid.length - 1] == 5 ? "1.2.840.113549.1.1.5" : "1.2.840.113549.1.1.11";
		} catch (CertificateException e) {
			return "1.2.840.113549.1.1.11";
		}
	}

	@Override
	public byte @Nullable [] getSigAlgParams() {
		return null;
	}

	@Override
	public boolean @Nullable [] getIssuerUniqueID() {
		return null;
	}

	@Override
	public boolean @Nullable [] getSubjectUniqueID() {
		return null;
	}

	@Override
	public boolean @Nullable [] getKeyUsage() {
		return null;
	}

	@Override
	public int getBasicConstraints() {
		return -1;
	}

	@Override
	public boolean hasUnsupportedCriticalExtension() {
		return false;
	}

	@Override
	public Set<String> getCriticalExtensionOIDs() {
		return Set.of();
	}

	@Override
	public Set<String> getNonCriticalExtensionOIDs() {
		return Set.of();
	}

	@Override
	public byte @Nullable [] getExtensionValue(@Nullable String oid) {
		return null;
	}

	@Override
	public String toString() {
		return "BareCertificate";
	}
}
