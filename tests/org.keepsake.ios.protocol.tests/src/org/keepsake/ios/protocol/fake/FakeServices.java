// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.keepsake.ios.protocol.internal.plist.Dict;

/** The small services around a backup. */
final class FakeServices {

	final Map<String, byte[]> media = new ConcurrentHashMap<>();
	final ArrayDeque<Long> lockErrors = new ArrayDeque<>();
	private final FakeDevice device;
	private final List<FakeConnection> observers = new CopyOnWriteArrayList<>();

	FakeServices(FakeDevice device) {
		this.device = device;
	}

	void install() {
		device.services.put("com.apple.mobile.notification_proxy", this::notifications);
		device.services.put("com.apple.afc", this::afc);
		device.services.put("com.apple.mobile.installation_proxy", this::applications);
		device.services.put("com.apple.springboardservices", this::icons);
		device.services.put("com.apple.mobile.diagnostics_relay", this::diagnostics);
	}

	void push(String name) {
		for (FakeConnection observer : observers) {
			try {
				observer.send(Map.of("Command", "RelayNotification", "Name", name));
			} catch (IOException e) {
				observers.remove(observer);
			}
		}
	}

	private void notifications(FakeConnection connection) throws IOException {
		observers.add(connection);
		while (true) {
			Dict message = connection.receiveDict();
			switch (message.string("Command", "")) {
				case "PostNotification" -> device.journal.add("post " + message.string("Name", ""));
				case "Shutdown" -> {
					connection.send(Map.of("Command", "ProxyDeath"));
					return;
				}
				default -> {
					// observes all
				}
			}
		}
	}

	private void applications(FakeConnection connection) throws IOException {
		connection.receiveDict();
		connection.send(Map.of("CurrentList",
				List.of(Map.of("CFBundleIdentifier", "org.example.store", "CFBundleDisplayName", "Store App",
						"CFBundleShortVersionString", "1.2", "ApplicationSINF", new byte[] { 1 }, "iTunesMetadata",
						new byte[] { 2 }), Map.of("CFBundleIdentifier", "org.example.own"))));
		connection.send(Map.of("Status", "Complete"));
	}

	private void icons(FakeConnection connection) throws IOException {
		while (true) {
			connection.receiveDict();
			connection.send(Map.of("pngData", new byte[] { (byte) 0x89, 'P', 'N', 'G' }));
		}
	}

	private void diagnostics(FakeConnection connection) throws IOException {
		connection.receiveDict();
		connection.send(Map.of("Status", "Success", "Diagnostics",
				Map.of("MobileGestalt", Map.of("PasswordConfigured", Boolean.TRUE, "Status", "Success"))));
	}

	private void afc(FakeConnection connection) throws IOException {
		Map<Long, String> handles = new ConcurrentHashMap<>();
		Map<Long, Integer> positions = new ConcurrentHashMap<>();
		while (true) {
			ByteBuffer header = ByteBuffer.wrap(read(connection, 40)).order(ByteOrder.LITTLE_ENDIAN);
			int entire = (int) header.getLong(8);
			int self = (int) header.getLong(16);
			long number = header.getLong(24);
			ByteBuffer rest = ByteBuffer.wrap(read(connection, entire - 40)).order(ByteOrder.LITTLE_ENDIAN);
			switch ((int) header.getLong(32)) {
				case 0x0d -> open(connection, number, rest, handles);
				case 0x1b -> lock(connection, number, rest.getLong(8));
				case 0x14 -> {
					device.journal.add("close " + handles.remove(rest.getLong(0)));
					status(connection, number, 0);
				}
				case 0x0a -> {
					String path = text(rest.array(), 0);
					device.journal.add("info " + path);
					if (!media.containsKey(path)) {
						status(connection, number, 8);
					} else {
						answer(connection, number, 2,
								("st_size\0" + media.getOrDefault(path, new byte[0]).length + "\0st_ifmt\0S_IFREG\0")
										.getBytes(StandardCharsets.UTF_8));
					}
				}
				case 0x09 -> {
					device.journal.add("mkdir " + text(rest.array(), 0));
					status(connection, number, 0);
				}
				case 0x08 -> {
					device.journal.add("remove " + text(rest.array(), 0));
					media.remove(text(rest.array(), 0));
					status(connection, number, 0);
				}
				case 0x10 -> {
					String path = String.valueOf(handles.get(rest.getLong(0)));
					ByteArrayOutputStream grown = new ByteArrayOutputStream();
					grown.writeBytes(media.getOrDefault(path, new byte[0]));
					grown.write(rest.array(), self - 40, entire - self);
					media.put(path, grown.toByteArray());
					status(connection, number, 0);
				}
				case 0x0f -> {
					long handle = rest.getLong(0);
					byte[] content = media.getOrDefault(String.valueOf(handles.get(handle)), new byte[0]);
					int from = positions.getOrDefault(handle, 0);
					int to = (int) Math.min(content.length, from + rest.getLong(8));
					positions.put(handle, to);
					answer(connection, number, 2, java.util.Arrays.copyOfRange(content, from, to));
				}
				case 0x03 -> answer(connection, number, 2, ".\0..\0a.txt\0b.txt\0".getBytes(StandardCharsets.UTF_8));
				default -> status(connection, number, 6);
			}
		}
	}

	private void open(FakeConnection connection, long number, ByteBuffer rest, Map<Long, String> handles)
			throws IOException {
		String path = text(rest.array(), 8);
		long mode = rest.getLong(0);
		device.journal.add("open " + path + " " + mode);
		if (mode == 1 && !media.containsKey(path)) {
			status(connection, number, 8);
			return;
		}
		long handle = handles.size() + 1L;
		handles.put(handle, path);
		if (mode == 3 || mode == 4) {
			media.put(path, new byte[0]);
		}
		answer(connection, number, 0x0e,
				ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(handle).array());
	}

	private void lock(FakeConnection connection, long number, long operation) throws IOException {
		Long error = operation == 6 ? lockErrors.poll() : null;
		device.journal.add((operation == 6 ? "lock" : operation == 12 ? "unlock" : "lock " + operation)
				+ (error == null ? "" : " refused"));
		status(connection, number, error == null ? 0 : error);
	}

	private static byte[] read(FakeConnection connection, int count) throws IOException {
		byte[] bytes = new byte[count];
		connection.in.readFully(bytes);
		return bytes;
	}

	private static String text(byte[] bytes, int from) {
		int end = from;
		while (bytes[end] != 0) {
			end++;
		}
		return new String(bytes, from, end - from, StandardCharsets.UTF_8);
	}

	private static void status(FakeConnection connection, long number, long code) throws IOException {
		answer(connection, number, 1, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(code).array());
	}

	private static void answer(FakeConnection connection, long number, long operation, byte[] content)
			throws IOException {
		connection.out.write(ByteBuffer.allocate(40 + content.length).order(ByteOrder.LITTLE_ENDIAN)
				.put("CFA6LPAA".getBytes(StandardCharsets.US_ASCII)).putLong(40L + content.length)
				.putLong(40L + content.length).putLong(number).putLong(operation).put(content).array());
		connection.out.flush();
	}
}
