// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** The certificates of a pairing are those that real hosts make. */
class PairingCertificatesTest {

	private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

	private static KeyPair deviceKey() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		return generator.generateKeyPair();
	}

	private static byte[] pkcs1Pem(KeyPair key) {
		byte[] info = key.getPublic().getEncoded();
		return Der.pem("RSA PUBLIC KEY", Arrays.copyOfRange(info, 24, info.length));
	}

	/** The parts of a certificate. */
	private record Parts(byte[] signed, byte[] signature, BigInteger serial, byte[] issuer, byte[] subject, byte[] key,
			String rest) {

		static Parts of(byte[] pem) throws GeneralSecurityException {
			DerReader outer = new DerReader(Der.unpem(pem).der()).enter(DerReader.SEQUENCE);
			byte[] signed = outer.peekElement();
			DerReader body = outer.enter(DerReader.SEQUENCE);
			assertArrayEquals(Der.hex("020102"), body.content(0xa0));
			BigInteger serial = new BigInteger(body.content(DerReader.INTEGER));
			assertArrayEquals(Der.hex("300d06092a864886f70d01010b0500"), body.peekElement());
			body.skip();
			byte[] issuer = body.peekElement();
			body.skip();
			body.skip();
			byte[] subject = body.peekElement();
			body.skip();
			byte[] key = body.peekElement();
			body.skip();
			outer.skip();
			byte[] bits = outer.content(DerReader.BIT_STRING);
			return new Parts(signed, Arrays.copyOfRange(bits, 1, bits.length), serial, issuer, subject, key,
					HexFormat.of().formatHex(body.content(0xa3)));
		}
	}

	@Test
	void areMadeAsHostsMakeThem() throws GeneralSecurityException {
		KeyPair device = deviceKey();
		PairingCertificates made = PairingCertificates.create(pkcs1Pem(device), NOW);
		Parts root = Parts.of(made.rootCertificate());
		RSAPrivateCrtKey rootKey = (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
				.generatePrivate(new PKCS8EncodedKeySpec(Der.unpem(made.rootPrivateKey()).der()));
		assertEquals(BigInteger.valueOf(65537), rootKey.getPublicExponent());
		assertEquals(2048, rootKey.getModulus().bitLength());
		for (byte[] pem : new byte[][] { made.rootCertificate(), made.hostCertificate(), made.deviceCertificate() }) {
			Parts parts = Parts.of(pem);
			assertEquals(BigInteger.ZERO, parts.serial());
			assertArrayEquals(new byte[] { 0x30, 0 }, parts.issuer());
			assertArrayEquals(new byte[] { 0x30, 0 }, parts.subject());
			Signature verifier = Signature.getInstance("SHA256withRSA");
			verifier.initVerify(KeyFactory.getInstance("RSA")
					.generatePublic(new RSAPublicKeySpec(rootKey.getModulus(), rootKey.getPublicExponent())));
			verifier.update(parts.signed());
			assertTrue(verifier.verify(parts.signature()), "signed by the root");
			assertFalse(new String(pem, StandardCharsets.US_ASCII).contains("\r"));
		}
		assertArrayEquals(device.getPublic().getEncoded(), Parts.of(made.deviceCertificate()).key());
		assertTrue(root.rest().contains("0603551d130101ff040530030101ff"), "an authority");
		assertTrue(Parts.of(made.hostCertificate()).rest().contains("0603551d0f0101ff0404030205a0"), "key usage");
		assertTrue(Parts.of(made.deviceCertificate()).rest().contains("0603551d0e04160414"), "key identifier");
	}

	@Test
	void takeAPublicKeyOfEitherForm() throws GeneralSecurityException {
		KeyPair device = deviceKey();
		PairingCertificates made = PairingCertificates.create(Der.pem("PUBLIC KEY", device.getPublic().getEncoded()),
				NOW);
		assertArrayEquals(device.getPublic().getEncoded(), Parts.of(made.deviceCertificate()).key());
	}

	@Test
	void refuseAKeyThatIsNone() {
		for (byte[] bad : new byte[][] { {}, "no pem".getBytes(StandardCharsets.US_ASCII),
				Der.pem("RSA PUBLIC KEY", new byte[] { 1, 2, 3 }), Der.pem("PUBLIC KEY", new byte[0]) }) {
			assertThrows(GeneralSecurityException.class, () -> PairingCertificates.create(bad, NOW));
		}
	}

	@Test
	void derSurvivesDamage() throws GeneralSecurityException {
		byte[] whole = Der.unpem(PairingCertificates.create(pkcs1Pem(deviceKey()), NOW).hostCertificate()).der();
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < 20_000; round++) {
			byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
			for (int i = 0; i < 3 && damaged.length > 0; i++) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				walk(new DerReader(damaged), 0);
			} catch (GeneralSecurityException e) {
				continue;
			} catch (RuntimeException e) {
				throw new AssertionError("seed " + seed + " round " + round, e);
			}
		}
	}

	private static void walk(DerReader reader, int depth) throws GeneralSecurityException {
		while (depth < 20) {
			int tag = reader.tag();
			if (tag == DerReader.SEQUENCE || tag == 0xa0 || tag == 0xa3) {
				walkInside(reader, tag, depth);
			} else {
				reader.content(tag);
			}
		}
	}

	private static void walkInside(DerReader reader, int tag, int depth) throws GeneralSecurityException {
		DerReader inside = reader.enter(tag);
		try {
			walk(inside, depth + 1);
		} catch (GeneralSecurityException e) {
			assertTrue(String.valueOf(e.getMessage()).startsWith("DER"));
		}
	}
}
