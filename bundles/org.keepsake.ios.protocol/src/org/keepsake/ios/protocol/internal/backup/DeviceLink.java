// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.keepsake.core.ProblemException;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.PlistWire;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * DeviceLink: arrays whose first element names the message, in binary property lists. Source:
 * {@code libimobiledevice/libimobiledevice: src/device_link_service.c}. One thread receives.
 */
final class DeviceLink implements Closeable {

	/** Stands for "no text". */
	static final String NO_TEXT = "___EmptyParameterString___";

	private static final String VERSION_EXCHANGE = "DLMessageVersionExchange";
	private static final String PROCESS_MESSAGE = "DLMessageProcessMessage";
	private static final long VERSION = 400;
	/** The moves of 1.3 million files in one message are about 260 MB. */
	private static final long LONGEST = 512L << 20;

	private final Wire wire;
	private final PlistWire plists;

	DeviceLink(Wire wire) {
		this.wire = wire;
		this.plists = new PlistWire(wire);
	}

	Wire wire() {
		return wire;
	}

	/** The bytes a message may have: less where the memory of this process could not hold it. */
	private static long longest() {
		return Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 5 * 3);
	}

	/** A message of the device: its name and all its elements. */
	record Message(String name, List<?> elements) {

		/** An element as text. */
		String text(int index) throws PlistException {
			if (index < elements.size() && elements.get(index) instanceof String text) {
				return text;
			}
			throw new PlistException(name + " without a text at " + index);
		}

		/** An element as a list. */
		List<?> list(int index) throws PlistException {
			if (index < elements.size() && elements.get(index) instanceof List<?> list) {
				return list;
			}
			throw new PlistException(name + " without a list at " + index);
		}

		/** An element as a dictionary. */
		Map<?, ?> map(int index) throws PlistException {
			if (index < elements.size() && elements.get(index) instanceof Map<?, ?> map) {
				return map;
			}
			throw new PlistException(name + " without a dictionary at " + index);
		}

		/** An element as a number, 0 where it is none. */
		double number(int index) {
			return index < elements.size() && elements.get(index) instanceof Number number ? number.doubleValue() : 0;
		}
	}

	/** The next message of the device. */
	Message receive() throws IOException {
		if (plists.receive(longest()) instanceof List<?> list && !list.isEmpty()
				&& list.getFirst() instanceof String name && name.startsWith("DL")) {
			return new Message(name, list);
		}
		throw new PlistException("A DeviceLink message without a name");
	}

	/** Agrees on the version: the device speaks first. */
	void handshake() throws IOException {
		Message offer = expect(VERSION_EXCHANGE);
		long major = (long) offer.number(1);
		long minor = (long) offer.number(2);
		if (major > VERSION || major == VERSION && minor > 0) {
			throw DeviceProblems.PROTOCOL_TOO_NEW.exception(major + "." + minor);
		}
		plists.sendBinary(List.of(VERSION_EXCHANGE, "DLVersionsOk", VERSION));
		expect("DLMessageDeviceReady");
	}

	private Message expect(String name) throws IOException {
		Message message = receive();
		if (message.name.equals("DLMessageDisconnect")) {
			throw new java.io.EOFException("The device ended the conversation");
		}
		if (!message.name.equals(name)) {
			throw new PlistException(message.name + " instead of " + name);
		}
		return message;
	}

	/** Sends a request of mobilebackup2. */
	void process(Map<String, ?> request) throws IOException {
		plists.sendBinary(List.of(PROCESS_MESSAGE, request));
	}

	/** Receives the dictionary of an answer of mobilebackup2 outside of a run. */
	Dict response() throws IOException {
		return Dict.of(expect(PROCESS_MESSAGE).map(1));
	}

	/** Answers a message of the device. */
	void answer(Answer answer) throws IOException {
		plists.sendBinary(List.of("DLMessageStatusResponse", answer.code(), answer.text(), answer.value()));
	}

	/** Ends the conversation. */
	void disconnect() throws IOException {
		plists.sendBinary(List.of("DLMessageDisconnect", NO_TEXT));
	}

	/** @throws ProblemException if the two sides have no version in common */
	void hello() throws IOException {
		process(Map.of("MessageName", "Hello", "SupportedProtocolVersions", List.of(2.0, 2.1)));
		Dict response = response();
		Long code = response.integer("ErrorCode");
		if (code == null) {
			throw new PlistException("An answer to Hello without a code");
		}
		if (code == 1) {
			throw DeviceProblems.PROTOCOL_TOO_NEW.exception("other than 2.0 and 2.1");
		}
		if (code != 0) {
			throw Verdict.problem(code, response.string("ErrorDescription", ""), false);
		}
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
