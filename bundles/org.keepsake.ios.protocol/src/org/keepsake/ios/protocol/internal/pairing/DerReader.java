// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.pairing;

import java.security.cert.CertificateException;
import java.util.Arrays;

/** Walks over DER (ITU-T X.690) without copying; every length is checked against the bytes at hand. */
public final class DerReader {

	/** Tag of a sequence. */
	public static final int SEQUENCE = 0x30;
	/** Tag of an integer. */
	public static final int INTEGER = 0x02;
	/** Tag of a bit string. */
	public static final int BIT_STRING = 0x03;
	/** Tag of an octet string. */
	public static final int OCTET_STRING = 0x04;
	/** Tag of an object identifier. */
	public static final int OBJECT_IDENTIFIER = 0x06;

	private final byte[] der;
	private final int end;
	private int at;

	/** Over all the bytes. */
	public DerReader(byte[] der) {
		this(der, 0, der.length);
	}

	private DerReader(byte[] der, int start, int end) {
		this.der = der;
		this.at = start;
		this.end = end;
	}

	/** Where an element's content begins and ends. */
	private record Element(int start, int stop) {
	}

	/** The next element's tag. */
	public int tag() throws CertificateException {
		if (at >= end) {
			throw new CertificateException("DER ends too early");
		}
		return der[at] & 0xff;
	}

	private Element element() throws CertificateException {
		tag();
		int start = at + 2;
		if (start > end) {
			throw new CertificateException("DER ends too early");
		}
		long length = der[at + 1] & 0xff;
		if (length > 0x7f) {
			int width = (int) length & 0x7f;
			if (width < 1 || width > 4 || width > end - start) {
				throw new CertificateException("DER length of unknown width");
			}
			length = 0;
			for (int i = 0; i < width; i++) {
				length = length << 8 | der[start++] & 0xff;
			}
		}
		if (length > end - start) {
			throw new CertificateException("DER element longer than its surroundings");
		}
		return new Element(start, start + (int) length);
	}

	/** Steps over the next element. */
	public void skip() throws CertificateException {
		at = element().stop;
	}

	/** The next element whole, header included, without stepping over it. */
	public byte[] peekElement() throws CertificateException {
		return Arrays.copyOfRange(der, at, element().stop);
	}

	/** Steps over the next element and gives a reader of its content. */
	public DerReader enter(int tag) throws CertificateException {
		Element element = expect(tag);
		return new DerReader(der, element.start, element.stop);
	}

	/** Steps over the next element and gives its content. */
	public byte[] content(int tag) throws CertificateException {
		Element element = expect(tag);
		return Arrays.copyOfRange(der, element.start, element.stop);
	}

	private Element expect(int tag) throws CertificateException {
		if (tag() != tag) {
			throw new CertificateException("DER element of another kind");
		}
		Element element = element();
		at = element.stop;
		return element;
	}
}
