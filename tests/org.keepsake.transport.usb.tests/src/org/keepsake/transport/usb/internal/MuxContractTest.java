// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.Transport;
import org.keepsake.testing.TransportContract;

/** What every transport promises, tried with a usbmuxd; where that listens is said below. */
abstract class MuxContractTest extends TransportContract {

	private static final int REFUSED = 4321;

	/** A folder for this test alone. */
	final Path folder;
	/** The usbmuxd, until it is stopped. */
	FakeMux mux;
	private final Map<Udid, Integer> numbers = new LinkedHashMap<>();
	private final Map<Udid, Integer> present = new LinkedHashMap<>();
	private int next = 1;

	MuxContractTest(Path folder) throws IOException {
		this.folder = folder;
		mux = prepared(listen());
	}

	/** Starts a usbmuxd, where the one before was if there was one. */
	abstract FakeMux listen() throws IOException;

	/** Where it listens. */
	abstract MuxAddress address();

	private static FakeMux prepared(FakeMux mux) {
		mux.tellsPort = false;
		mux.refusedPort = (REFUSED & 0xff) << 8 | REFUSED >> 8;
		return mux;
	}

	@AfterEach
	void closeMux() throws IOException {
		mux.close();
	}

	@Override
	protected Transport open() {
		return new UsbTransport(address(), "Linux", folder.resolve("own"), folder.resolve("system"),
				new UsbWatch.Pace(Duration.ofMillis(1), Duration.ofMillis(20)));
	}

	@Override
	protected void attach(Udid udid) throws IOException {
		int number = next++;
		numbers.put(udid, number);
		present.put(udid, number);
		mux.attach(number, FakeMux.usb(number, udid.value()));
	}

	@Override
	protected void detach(Udid udid) throws IOException {
		present.remove(udid);
		mux.detach(numbers.getOrDefault(udid, 0));
	}

	@Override
	protected int echoPort() {
		return 1234;
	}

	@Override
	protected int refusedPort() {
		return REFUSED;
	}

	@Override
	protected void restart() throws IOException {
		mux = prepared(listen());
		for (Map.Entry<Udid, Integer> device : present.entrySet()) {
			mux.attach(device.getValue(), FakeMux.usb(device.getValue(), device.getKey().value()));
		}
	}
}
