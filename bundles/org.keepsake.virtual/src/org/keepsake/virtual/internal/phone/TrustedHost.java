// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * A computer that the person trusts: what it sent when it paired, and the escrow bag it got. Arrays are not copied.
 *
 * @param hostId            the computer's name for this pairing
 * @param systemBuid        the computer
 * @param rootCertificate   in DER
 * @param hostCertificate   in DER
 * @param deviceCertificate in DER, made by the computer over the device's key
 * @param escrowBag         what lets a service use class keys while the screen is locked
 */
public record TrustedHost(String hostId, String systemBuid, byte[] rootCertificate, byte[] hostCertificate,
		byte[] deviceCertificate, byte[] escrowBag) {

	/** Whether the certificate is one that this computer may show. */
	public boolean owns(byte[] certificate) {
		return Arrays.equals(certificate, rootCertificate) || Arrays.equals(certificate, hostCertificate);
	}

	Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("HostID", hostId);
		map.put("SystemBUID", systemBuid);
		map.put("RootCertificate", rootCertificate);
		map.put("HostCertificate", hostCertificate);
		map.put("DeviceCertificate", deviceCertificate);
		map.put("EscrowBag", escrowBag);
		return map;
	}

	static TrustedHost of(Map<String, ?> map) {
		return new TrustedHost(PlistFrames.text(map, "HostID"), PlistFrames.text(map, "SystemBUID"),
				PlistFrames.data(map, "RootCertificate"), PlistFrames.data(map, "HostCertificate"),
				PlistFrames.data(map, "DeviceCertificate"), PlistFrames.data(map, "EscrowBag"));
	}

	@Override
	public String toString() {
		return "TrustedHost";
	}
}
