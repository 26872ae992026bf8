// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.keepsake.storage.base.HttpFaults.StatusException;

class HttpFaultsTest {

	private static String told(String said) {
		return String.valueOf(new StatusException(500, said).getMessage());
	}

	@Test
	void ofAWebPageItsWordsAreTold() {
		assertEquals("HTTP 500: 500 Internal Server Error nginx/1.22.1", told("""
				<html>\r
				<head><title>500 Internal Server Error</title></head>\r
				<body bgcolor="white"><center><h1>500 Internal Server Error</h1></center>\r
				<hr><center>nginx/1.22.1</center>
				</body></html>
				"""));
		assertEquals("HTTP 500: Oops", told("<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2 Final//EN'><!-- a > b -->"
				+ "<style>p { color: red }</style><p>Oops</p><script>alert(1 < 2)</script>"));
		assertEquals("HTTP 500: Oops", told("<html><body>Oops <img src='cut o"));
		assertEquals("HTTP 500", told("<html><head><title>500</title></head><body></body></html>"));
	}

	@Test
	void whatIsNoPageStaysAsItIs() {
		assertEquals("HTTP 500", told(" \n"));
		assertEquals("HTTP 500: a <b> of\u2026 1 < 2", told("a <b> of\u2026\n 1 < 2"));
		assertTrue(new StatusException(500, "<html><body>No space left on device</body></html>").isFull());
	}
}
