// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The transport keeps what every transport promises over a Unix socket too, as on Linux and macOS. */
@DisabledOnOs(OS.WINDOWS)
class UnixSocketContractTest extends MuxContractTest {

	UnixSocketContractTest(@TempDir Path folder) throws IOException {
		super(folder);
	}

	@Override
	FakeMux listen() throws IOException {
		return new FakeMux(folder.resolve("mux"));
	}

	@Override
	MuxAddress address() {
		return new MuxAddress.Unix(folder.resolve("mux"));
	}

	@Override
	protected void stop() throws IOException {
		mux.close();
		Files.delete(folder.resolve("mux"));
	}
}
