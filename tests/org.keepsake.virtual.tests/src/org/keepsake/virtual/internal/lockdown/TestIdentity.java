// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A computer's keys and certificates for one pairing; they have names, so that the JDK's TLS client takes them. */
final class TestIdentity {

	static final KeyPair ROOT = keys();
	static final KeyPair HOST = keys();

	final String hostId = UUID.randomUUID().toString();
	final String systemBuid;
	final X509CertificateHolder root = certificate("root", publicKey(ROOT), ROOT, true);
	final X509CertificateHolder host = certificate("host", publicKey(HOST), ROOT, false);
	byte[] escrowBag = new byte[0];

	TestIdentity(String systemBuid) {
		this.systemBuid = systemBuid;
	}

	static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	static SubjectPublicKeyInfo publicKey(KeyPair keys) {
		return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
	}

	static SubjectPublicKeyInfo publicKey(byte[] pem) throws IOException {
		try (PEMParser parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
			return (SubjectPublicKeyInfo) parser.readObject();
		}
	}

	static X509CertificateHolder certificate(String name, SubjectPublicKeyInfo key, KeyPair signer, boolean authority) {
		try {
			Instant now = Instant.now();
			return new X509v3CertificateBuilder(new X500Name("CN=root"), BigInteger.ONE,
					Date.from(now.minusSeconds(86_400)), Date.from(now.plusSeconds(86_400)), new X500Name("CN=" + name),
					key).addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
					.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()));
		} catch (OperatorCreationException | IOException e) {
			throw new IllegalStateException(e);
		}
	}

	static byte[] pem(X509CertificateHolder certificate) throws IOException {
		StringWriter text = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
			writer.writeObject(certificate);
		}
		return text.toString().getBytes(StandardCharsets.US_ASCII);
	}

	/** What is sent to pair. */
	Map<String, Object> pairRecord(X509CertificateHolder device) throws IOException {
		Map<String, Object> record = new LinkedHashMap<>();
		record.put("DeviceCertificate", pem(device));
		record.put("HostCertificate", pem(host));
		record.put("RootCertificate", pem(root));
		record.put("HostID", hostId);
		record.put("SystemBUID", systemBuid);
		return record;
	}
}
