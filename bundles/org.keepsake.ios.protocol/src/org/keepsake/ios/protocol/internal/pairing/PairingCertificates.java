// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The three certificates of a new pairing, made as {@code libimobiledevice/libimobiledevice: common/userpref.c} makes
 * them: a root, and a host and a device certificate signed by it; X.509 version 3, serial 0, empty names, ten years,
 * SHA-256. Empty names are written here because certificate builders refuse them.
 *
 * @param rootCertificate   PEM
 * @param rootPrivateKey    PEM, PKCS#8
 * @param hostCertificate   PEM
 * @param hostPrivateKey    PEM, PKCS#8
 * @param deviceCertificate PEM, over the device's own public key
 */
public record PairingCertificates(byte[] rootCertificate, byte[] rootPrivateKey, byte[] hostCertificate,
		byte[] hostPrivateKey, byte[] deviceCertificate) {

	private static final String CERTIFICATE = "CERTIFICATE";
	private static final String PRIVATE_KEY = "PRIVATE KEY";
	private static final int BITS = 2048;
	/** 1.2.840.113549.1.1.11, sha256WithRSAEncryption, and its null parameter. */
	private static final byte[] SHA256_RSA = Der.hex("300d06092a864886f70d01010b0500");
	/** 1.2.840.113549.1.1.1, rsaEncryption, and its null parameter. */
	private static final byte[] RSA = Der.hex("300d06092a864886f70d0101010500");
	private static final byte[] NO_NAME = Der.hex("3000");
	/** Critical basic constraints, CA true. */
	private static final byte[] IS_AUTHORITY = Der.hex("300f0603551d130101ff040530030101ff");
	/** Critical basic constraints, CA false. */
	private static final byte[] IS_NO_AUTHORITY = Der.hex("300c0603551d130101ff04023000");
	/** Critical key usage: digital signature, key encipherment. */
	private static final byte[] USAGE = Der.hex("300e0603551d0f0101ff0404030205a0");

	/**
	 * Makes new keys and certificates.
	 *
	 * @param devicePublicKey what the device gives: a PEM block with a PKCS#1 or SubjectPublicKeyInfo key
	 */
	public static PairingCertificates create(byte[] devicePublicKey, Instant now) throws GeneralSecurityException {
		byte[] deviceKey = publicKeyInfo(devicePublicKey);
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(BITS);
		KeyPair root = generator.generateKeyPair();
		KeyPair host = generator.generateKeyPair();
		byte[] rootCertificate = certificate(root.getPublic().getEncoded(), root.getPrivate(), now, IS_AUTHORITY);
		byte[] hostCertificate = certificate(host.getPublic().getEncoded(), root.getPrivate(), now, IS_NO_AUTHORITY,
				USAGE);
		byte[] deviceCertificate = certificate(deviceKey, root.getPrivate(), now, IS_NO_AUTHORITY,
				keyIdentifier(deviceKey), USAGE);
		return new PairingCertificates(Der.pem(CERTIFICATE, rootCertificate),
				Der.pem(PRIVATE_KEY, root.getPrivate().getEncoded()), Der.pem(CERTIFICATE, hostCertificate),
				Der.pem(PRIVATE_KEY, host.getPrivate().getEncoded()), Der.pem(CERTIFICATE, deviceCertificate));
	}

	private static byte[] publicKeyInfo(byte[] pem) throws GeneralSecurityException {
		Der.Block block = Der.unpem(pem);
		byte[] info = block.label().equals("RSA PUBLIC KEY") ? Der.sequence(RSA, Der.bits(block.der())) : block.der();
		java.security.KeyFactory.getInstance("RSA")
				.generatePublic(new java.security.spec.X509EncodedKeySpec(info)); // proves that it is one
		return info;
	}

	private static byte[] certificate(byte[] subjectKey, PrivateKey signer, Instant now, byte[]... extensions)
			throws GeneralSecurityException {
		byte[] signed = Der.sequence(Der.element(0xa0, Der.integer(2)), Der.integer(0), SHA256_RSA, NO_NAME,
				Der.sequence(time(now), time(now.plus(3650, ChronoUnit.DAYS))), NO_NAME, subjectKey,
				Der.element(0xa3, Der.sequence(extensions)));
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initSign(signer);
		signature.update(signed);
		return Der.sequence(signed, SHA256_RSA, Der.bits(signature.sign()));
	}

	/** UTCTime, which RFC 5280 demands until 2049, GeneralizedTime afterwards. */
	private static byte[] time(Instant instant) {
		boolean utc = instant.atZone(ZoneOffset.UTC).getYear() < 2050;
		String text = DateTimeFormatter.ofPattern(utc ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'")
				.withZone(ZoneOffset.UTC).format(instant);
		return Der.element(utc ? 0x17 : 0x18, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
	}

	/** The subject key identifier of RFC 5280, section 4.2.1.2, method 1. */
	private static byte[] keyIdentifier(byte[] publicKeyInfo) throws GeneralSecurityException {
		DerReader info = new DerReader(publicKeyInfo).enter(DerReader.SEQUENCE);
		info.skip();
		byte[] bits = info.content(DerReader.BIT_STRING);
		MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
		sha1.update(bits, 1, bits.length - 1);
		return Der.sequence(Der.hex("0603551d0e"),
				Der.element(DerReader.OCTET_STRING, Der.element(DerReader.OCTET_STRING, sha1.digest())));
	}
}
