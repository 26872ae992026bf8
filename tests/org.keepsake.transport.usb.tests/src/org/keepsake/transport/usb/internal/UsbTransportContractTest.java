// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.Transport;
import org.keepsake.testing.TransportContract;

/** The transport keeps what every transport promises. */
class UsbTransportContractTest extends TransportContract {

	private static final int REFUSED = 4321;

	private final Path folder;
	private final Map<Udid, Integer> numbers = new LinkedHashMap<>();
	private final Map<Udid, Integer> present = new LinkedHashMap<>();
	private FakeMux mux;
	private int next = 1;

	UsbTransportContractTest(@TempDir Path folder) throws IOException {
		this.folder = folder;
		mux = prepared(new FakeMux());
	}

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
		return new UsbTransport(new MuxAddress.Tcp("127.0.0.1", mux.port()), "Linux", folder.resolve("own"),
				folder.resolve("system"), new UsbWatch.Pace(Duration.ofMillis(1), Duration.ofMillis(20)));
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

	private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	@Override
	protected void stop() throws IOException {
		address = new InetSocketAddress(InetAddress.getLoopbackAddress(), mux.port());
		mux.close();
	}

	@Override
	protected void restart() throws IOException {
		mux = prepared(new FakeMux(address));
		for (Map.Entry<Udid, Integer> device : present.entrySet()) {
			mux.attach(device.getValue(), FakeMux.usb(device.getValue(), device.getKey().value()));
		}
	}
}
