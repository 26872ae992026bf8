// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.fake;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** What every play of mobilebackup2 has in common. */
public final class BackupPlay {

	private BackupPlay() {
	}

	/** What the device does from the request on. */
	public interface Play {
		void run(FakeConnection connection, Dict request) throws Exception;
	}

	/** Greets, gets the request, plays, and sees the host say goodbye. */
	public static void on(FakeDevice device, Play play) {
		device.services.put("com.apple.mobilebackup2", c -> {
			greet(c);
			play.run(c, request(c));
			goodbye(c);
		});
	}

	/** The opening. */
	public static void greet(FakeConnection c) throws IOException {
		c.send(List.of("DLMessageVersionExchange", 300L, 0L));
		expect(List.of("DLMessageVersionExchange", "DLVersionsOk", 400L), c.receive());
		c.send(List.of("DLMessageDeviceReady"));
		expect(List.of("DLMessageProcessMessage",
				Map.of("MessageName", "Hello", "SupportedProtocolVersions", List.of(2.0, 2.1))), c.receive());
		c.send(List.of("DLMessageProcessMessage",
				Map.of("MessageName", "Response", "ErrorCode", 0L, "ProtocolVersion", 2.1)));
	}

	/** The host's request. */
	public static Dict request(FakeConnection c) throws IOException {
		List<?> message = (List<?>) c.receive();
		expect("DLMessageProcessMessage", message.getFirst());
		return Dict.of((Map<?, ?>) message.get(1));
	}

	/** The host ends the conversation. */
	public static void goodbye(FakeConnection c) throws IOException {
		expect(List.of("DLMessageDisconnect", "___EmptyParameterString___"), c.receive());
	}

	private static void expect(Object expected, Object actual) {
		if (!expected.equals(actual)) {
			throw new AssertionError("expected " + expected + " but was " + actual);
		}
	}

	/** A status file. */
	public static byte[] status(String state, boolean full) {
		return Plist.binary(Map.of("SnapshotState", state, "IsFullBackup", full, "Version", "3.3"));
	}
}
