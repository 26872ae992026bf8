// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.TlsIdentity;

/**
 * What proves a pairing: certificates, keys and identifiers, kept by the multiplexer's daemon. Keys that others put in
 * are preserved. Immutable; {@link #toString()} shows no content.
 */
public final class PairRecord {

	private static final byte[] RSA = Der.hex("300d06092a864886f70d0101010500");

	private final Map<String, Object> values;

	private PairRecord(Map<String, Object> values) {
		this.values = values;
	}

	/** Reads a serialised record. */
	public static PairRecord parse(byte[] plist) throws PlistException {
		return new PairRecord(Plist.parseDict(plist).toMap());
	}

	/** A record for a new pairing, which the device has not seen yet. */
	public static PairRecord create(PairingCertificates certificates, String systemBuid,
			@Nullable String wifiAddress) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("DeviceCertificate", certificates.deviceCertificate());
		values.put("HostCertificate", certificates.hostCertificate());
		values.put("HostID", UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
		values.put("HostPrivateKey", certificates.hostPrivateKey());
		values.put("RootCertificate", certificates.rootCertificate());
		values.put("RootPrivateKey", certificates.rootPrivateKey());
		values.put("SystemBUID", systemBuid);
		if (wifiAddress != null) {
			values.put("WiFiMACAddress", wifiAddress);
		}
		return new PairRecord(values);
	}

	/** This record with the bag that the device gave; unchanged if it gave none. */
	public PairRecord withEscrowBag(byte @Nullable [] bag) {
		if (bag == null || bag.length == 0) {
			return this;
		}
		Map<String, Object> changed = new LinkedHashMap<>(values);
		changed.put("EscrowBag", bag);
		return new PairRecord(changed);
	}

	/** What the device gets of it: never a private key. */
	public Map<String, Object> forDevice() {
		Map<String, Object> sent = new LinkedHashMap<>();
		for (String key : new String[] { "DeviceCertificate", "HostCertificate", "HostID", "RootCertificate",
				"SystemBUID" }) {
			Object value = values.get(key);
			if (value != null) {
				sent.put(key, value);
			}
		}
		return sent;
	}

	/** Names this host to the device; empty if the record lacks it. */
	public String hostId() {
		return Dict.of(values).string("HostID", "");
	}

	/** Names this computer; empty if the record lacks it. */
	public String systemBuid() {
		return Dict.of(values).string("SystemBUID", "");
	}

	/** What lets services work while the screen is locked, or null. */
	public byte @Nullable [] escrowBag() {
		return Dict.of(values).data("EscrowBag");
	}

	/** The record as the daemon keeps it. */
	public byte[] serialise() {
		return Plist.xml(values);
	}

	/** The identity for TLS: the host's, or the root's where the record has no host identity. */
	public TlsIdentity identity() throws GeneralSecurityException {
		Dict dict = Dict.of(values);
		byte[] certificate = dict.data("HostCertificate");
		byte[] key = dict.data("HostPrivateKey");
		if (certificate == null || key == null) {
			certificate = dict.data("RootCertificate");
			key = dict.data("RootPrivateKey");
		}
		if (certificate == null || key == null) {
			throw new GeneralSecurityException("The pair record holds no identity");
		}
		return new TlsIdentity(Der.unpem(certificate).der(), privateKey(key));
	}

	/** PKCS#8 ({@code PRIVATE KEY}) or PKCS#1 ({@code RSA PRIVATE KEY}). */
	private static PrivateKey privateKey(byte[] pem) throws GeneralSecurityException {
		Der.Block block = Der.unpem(pem);
		byte[] pkcs8 = block.label().equals("RSA PRIVATE KEY")
				? Der.sequence(Der.integer(0), RSA, Der.element(DerReader.OCTET_STRING, block.der()))
				: block.der();
		return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
	}

	@Override
	public String toString() {
		return "PairRecord" + values.keySet();
	}
}
