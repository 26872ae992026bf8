// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds DER elements (ITU-T X.690), and wraps them as PEM (RFC 7468). */
final class Der {

	private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

	private Der() {
	}

	/** An element of the tag with the parts, one behind the other, as its content. */
	static byte[] element(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		int length = content.size();
		ByteArrayOutputStream element = new ByteArrayOutputStream(length + 6);
		element.write(tag);
		if (length < 0x80) {
			element.write(length);
		} else {
			int width = (39 - Integer.numberOfLeadingZeros(length)) / 8;
			element.write(0x80 | width);
			for (int i = width - 1; i >= 0; i--) {
				element.write(length >>> 8 * i);
			}
		}
		element.writeBytes(content.toByteArray());
		return element.toByteArray();
	}

	static byte[] sequence(byte[]... parts) {
		return element(DerReader.SEQUENCE, parts);
	}

	static byte[] integer(int small) {
		return element(DerReader.INTEGER, new byte[] { (byte) small });
	}

	/** A bit string of whole bytes. */
	static byte[] bits(byte[] bytes) {
		return element(DerReader.BIT_STRING, new byte[] { 0 }, bytes);
	}

	/** An element written as hexadecimal digits. */
	static byte[] hex(String digits) {
		return java.util.HexFormat.of().parseHex(digits);
	}

	/** PEM with LF line ends, lines of 64 characters, and one at the end. */
	static byte[] pem(String label, byte[] der) {
		String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
		String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * What a PEM block holds.
	 *
	 * @param label such as {@code CERTIFICATE}
	 * @param der   its bytes
	 */
	record Block(String label, byte[] der) {
	}

	/** The first PEM block. */
	static Block unpem(byte[] pem) throws GeneralSecurityException {
		Matcher matcher = PEM.matcher(new String(pem, StandardCharsets.ISO_8859_1));
		if (!matcher.find()) {
			throw new GeneralSecurityException("No PEM block");
		}
		try {
			return new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2)));
		} catch (IllegalArgumentException e) {
			throw new GeneralSecurityException("A PEM block that is not base64", e);
		}
	}
}
