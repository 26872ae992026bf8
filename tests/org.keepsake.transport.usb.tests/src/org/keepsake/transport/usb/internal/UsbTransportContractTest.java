// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

/** The transport keeps what every transport promises. */
class UsbTransportContractTest extends MuxContractTest {

	private int port;

	UsbTransportContractTest(@TempDir Path folder) throws IOException {
		super(folder);
	}

	@Override
	FakeMux listen() throws IOException {
		return new FakeMux(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
	}

	@Override
	MuxAddress address() {
		return new MuxAddress.Tcp("127.0.0.1", mux.port());
	}

	@Override
	protected void stop() throws IOException {
		port = mux.port();
		mux.close();
	}
}
