// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.DeviceClient;
import org.keepsake.ios.protocol.DeviceSession;
import org.keepsake.ios.protocol.TransferResult;

/**
 * A program for {@code benchmarks/side-by-side}: receives one full backup from the device at
 * {@code USBMUXD_SOCKET_ADDRESS} and throws it away, which shows how fast the device is at most.
 */
final class Ceiling {

	private Ceiling() {
	}

	/** @param args the identifier of a device that is paired */
	public static void main(String[] args) throws Exception {
		Path folder = Files.createTempDirectory("keepsake-ceiling");
		TransportFactory usb = (TransportFactory) Class
				.forName("org.keepsake.transport.usb.internal.UsbTransportFactory").getConstructor().newInstance();
		try (Transport transport = usb
				.create(new TransportFactory.Context(folder.resolve("home"), Map.copyOf(System.getenv())))) {
			AttachedDevice device = transport.devices().stream().filter(one -> one.udid().value().equals(args[0]))
					.findFirst().orElseThrow(() -> new IllegalArgumentException("No device " + args[0]));
			TransferResult result = receive(new DeviceClient(transport, device), folder);
			System.out.println(result.filesReceived() + " files, " + result.bytesReceived() + " bytes");
		} finally {
			delete(folder);
		}
	}

	private static TransferResult receive(DeviceClient client, Path folder) throws IOException {
		try (DeviceSession session = client.open()) {
			return session.backup(new BackupOptions(true), new DiscardingFiles(folder), JobMonitor.NONE);
		}
	}

	private static void delete(Path folder) throws IOException {
		try (Stream<Path> paths = Files.walk(folder)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}
}
