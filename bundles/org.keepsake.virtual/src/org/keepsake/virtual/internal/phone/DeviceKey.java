// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The key pair that the device is known by to the hosts it trusts: RSA with 2048 bits, kept across starts. */
public final class DeviceKey {

	private final PrivateKey privateKey;
	private final SubjectPublicKeyInfo publicKey;
	private final byte[] publicPem;

	private DeviceKey(byte[] pkcs8) throws GeneralSecurityException, IOException {
		KeyFactory factory = KeyFactory.getInstance("RSA");
		privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
		RSAPrivateCrtKey crt = (RSAPrivateCrtKey) privateKey;
		publicKey = SubjectPublicKeyInfo.getInstance(factory.generatePublic(
				new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent())).getEncoded());
		publicPem = pem(publicKey.parsePublicKey().getEncoded());
	}

	static DeviceKey open(Path file) throws IOException {
		try {
			if (!Files.exists(file)) {
				KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
				generator.initialize(2048);
				PlistFile.replace(file, generator.generateKeyPair().getPrivate().getEncoded());
			}
			return new DeviceKey(Files.readAllBytes(file));
		} catch (GeneralSecurityException e) {
			throw new IOException("The device's key in " + file, e);
		}
	}

	private static byte[] pem(byte[] der) {
		String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
		return ("-----BEGIN RSA PUBLIC KEY-----\n" + body + "\n-----END RSA PUBLIC KEY-----\n").getBytes(
				StandardCharsets.US_ASCII);
	}

	/** For TLS. */
	public PrivateKey privateKey() {
		return privateKey;
	}

	/** What a device certificate must be made over. */
	public SubjectPublicKeyInfo publicKey() {
		return publicKey;
	}

	/** The value of {@code DevicePublicKey}: PKCS#1 in PEM. */
	public byte[] publicPem() {
		return publicPem.clone();
	}
}
