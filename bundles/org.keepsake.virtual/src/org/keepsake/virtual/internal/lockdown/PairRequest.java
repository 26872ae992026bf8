// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.IOException;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;

import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.keepsake.virtual.internal.phone.TrustedHost;
import org.keepsake.virtual.internal.wire.PairingCertificates;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * What a host sends when it wants to pair, checked as a careful device would: the root is a certificate authority that
 * signed itself, and signed the host's certificate and one over exactly this device's public key. A host that uses one
 * certificate as root and as its own is accepted, as devices do.
 */
record PairRequest(String hostId, String systemBuid, X509CertificateHolder root, X509CertificateHolder host,
		X509CertificateHolder device) {

	static PairRequest of(Map<String, Object> request) throws LockdownError {
		Map<String, Object> record = PlistFrames.dictionary(request, "PairRecord");
		if (record.isEmpty()) {
			throw new LockdownError("MissingPairRecord");
		}
		String hostId = PlistFrames.text(record, "HostID");
		if (hostId.isEmpty()) {
			throw new LockdownError("MissingHostID");
		}
		return new PairRequest(hostId, PlistFrames.text(record, "SystemBUID"), certificate(record, "RootCertificate"),
				certificate(record, "HostCertificate"), certificate(record, "DeviceCertificate"));
	}

	private static X509CertificateHolder certificate(Map<String, Object> record, String name) throws LockdownError {
		try {
			return PairingCertificates.parsePem(PlistFrames.data(record, name));
		} catch (IOException e) {
			System.getLogger(PairRequest.class.getName()).log(System.Logger.Level.DEBUG, name + " of a pair record", e);
			throw new LockdownError("InvalidPairRecord");
		}
	}

	/** Checks the certificates against each other and the device's key. */
	void check(SubjectPublicKeyInfo deviceKey) throws LockdownError {
		Date now = new Date();
		boolean valid = Arrays.equals(encoded(device.getSubjectPublicKeyInfo()), encoded(deviceKey));
		for (X509CertificateHolder certificate : new X509CertificateHolder[] { root, host, device }) {
			valid &= certificate.isValidOn(now) && signedByRoot(certificate);
		}
		if (!valid) {
			throw new LockdownError("InvalidPairRecord");
		}
	}

	private boolean signedByRoot(X509CertificateHolder certificate) {
		try {
			return certificate.isSignatureValid(
					new JcaContentVerifierProviderBuilder().build(root.getSubjectPublicKeyInfo()));
		} catch (CertException | OperatorCreationException e) {
			return false;
		}
	}

	private static byte[] encoded(SubjectPublicKeyInfo key) {
		try {
			return key.parsePublicKey().getEncoded();
		} catch (IOException e) {
			return new byte[0];
		}
	}

	TrustedHost trusted(byte[] escrowBag) throws IOException {
		return new TrustedHost(hostId, systemBuid, root.getEncoded(), host.getEncoded(), device.getEncoded(),
				escrowBag);
	}
}
