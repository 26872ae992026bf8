// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where usbmuxd is looked for. */
class MuxAddressTest {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1:27015, 127.0.0.1, 27015", "localhost:1, localhost, 1", "[::1]:65535, ::1, 65535",
			"[fe80::1%eth0]:5, fe80::1%eth0, 5", "tcp://host.example:99, host.example, 99", "TCP://[::1]:7, ::1, 7" })
	void understandsPorts(String text, String host, int port) {
		assertEquals(Optional.of(new MuxAddress.Tcp(host, port)), MuxAddress.parse(text));
	}

	@ParameterizedTest
	@CsvSource({ "UNIX:/var/run/x, /var/run/x", "unix:///tmp/y, /tmp/y", "/tmp/z, /tmp/z", "./w, ./w",
			"unix:/a:b, /a:b", "/tmp/odd:5/x, /tmp/odd:5/x" })
	void understandsPaths(String text, String path) {
		assertEquals(Optional.of(new MuxAddress.Unix(Path.of(path))), MuxAddress.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "host:0", "host:65536", "host:port", ":5", "[::1]", "UNIX:", "tcp://host",
			"tcp:///path" })
	void fallsBackToTheUsualPlace(String text) {
		assertEquals(new MuxAddress.Unix(Path.of("/var/run/usbmuxd")), MuxAddress.of(text, "Linux"));
	}

	@Test
	void knowsTheUsualPlaces() {
		assertEquals(new MuxAddress.Unix(Path.of("/var/run/usbmuxd")), MuxAddress.of(null, "Mac OS X"));
		assertEquals(new MuxAddress.Tcp("127.0.0.1", 27015), MuxAddress.of(" ", "Windows 11"));
	}
}
