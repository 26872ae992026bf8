// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSNumber;
import com.dd.plist.NSObject;
import com.dd.plist.NSString;
import com.dd.plist.PropertyListParser;

import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.service.ServiceConnection;

/**
 * A host as small as one can be: a file server over a folder, for one connection to an agent in this process. It answers
 * as libimobiledevice does unless a test changes a field.
 */
final class TestHost implements AutoCloseable {

	final Path root;
	/** How many messages of an operation are answered before the host vanishes. */
	long vanishAfter = Long.MAX_VALUE;
	/** What is said to be free. */
	long free = 1L << 40;
	/** Whether a missing file ends a download, as with libimobiledevice, or not, as with the others. */
	boolean stopsAtMissing = true;
	/** Whether answers are XML, as pymobiledevice3's. */
	boolean xml;
	boolean escrow = true;
	/** Bytes of a frame to the device. */
	int frame = 32768;
	/** Names of all messages that came, in order. */
	final List<String> messages = new ArrayList<>();
	/** Host paths of all files that came. */
	final List<String> uploads = new ArrayList<>();
	/** Texts of files that the device could not read. */
	final List<String> unreadable = new ArrayList<>();
	long bytes;

	private final Socket socket;
	private final Thread agent;
	private final DataInputStream in;
	private final DataOutputStream out;

	TestHost(TestPhone phone, Path root) throws IOException {
		this.root = root;
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			socket = new Socket(server.getInetAddress(), server.getLocalPort());
			Socket device = server.accept();
			device.setTcpNoDelay(true);
			socket.setTcpNoDelay(true);
			agent = Thread.ofVirtual().start(() -> serve(phone.phone(), device));
		}
		in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 17));
		out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 17));
	}

	private void serve(Phone phone, Socket device) {
		try (device) {
			InputStream input = new BufferedInputStream(device.getInputStream(), 1 << 16);
			OutputStream output = new BufferedOutputStream(device.getOutputStream(), 1 << 16);
			new BackupAgent().serve(phone, new ServiceConnection() {
				@Override
				public InputStream input() {
					return input;
				}

				@Override
				public OutputStream output() {
					return output;
				}

				@Override
				public boolean hasEscrowBag() {
					return escrow;
				}

				@Override
				public void cut() {
					try {
						device.close();
					} catch (IOException e) {
						throw new UncheckedIOException(e);
					}
				}
			});
		} catch (IOException e) {
			// the connection ended: what the host made of it is what counts
		}
	}

	/** Greets the device. */
	TestHost greet() throws IOException {
		NSArray version = receive();
		assertEquals("DLMessageVersionExchange", version.objectAtIndex(0).toString());
		send(new NSString("DLMessageVersionExchange"), new NSString("DLVersionsOk"), version.objectAtIndex(1));
		assertEquals("DLMessageDeviceReady", receive().objectAtIndex(0).toString());
		NSDictionary hello = new NSDictionary();
		hello.put("MessageName", "Hello");
		hello.put("SupportedProtocolVersions", new NSArray(new NSNumber(2.0), new NSNumber(2.1)));
		NSDictionary response = process(hello);
		assertEquals(NSNumber.REAL, ((NSNumber) response.get("ProtocolVersion")).type());
		return this;
	}

	static NSDictionary request(String name) {
		NSDictionary request = new NSDictionary();
		request.put("MessageName", name);
		request.put("TargetIdentifier", TestPhone.UDID);
		return request;
	}

	static NSDictionary options(NSDictionary request, Object... pairs) {
		NSDictionary options = new NSDictionary();
		for (int i = 0; i < pairs.length; i += 2) {
			options.put((String) pairs[i], pairs[i + 1]);
		}
		request.put("Options", options);
		return request;
	}

	/** Sends a request and serves the device until its final message. */
	NSDictionary process(NSDictionary request) throws IOException {
		send(new NSString("DLMessageProcessMessage"), request);
		long answered = 0;
		while (true) {
			NSArray message = receive();
			String name = message.objectAtIndex(0).toString();
			if (name.equals("DLMessageProcessMessage")) {
				return (NSDictionary) message.objectAtIndex(1);
			}
			messages.add(name);
			if (answered++ >= vanishAfter) {
				socket.close();
				throw new EOFException("the host vanished");
			}
			answer(name, message);
		}
	}

	int code(NSDictionary request) throws IOException {
		return ((NSNumber) process(request).get("ErrorCode")).intValue();
	}

	private void answer(String name, NSArray message) throws IOException {
		switch (name) {
			case "DLMessageDownloadFiles" -> {
				assertEquals(NSNumber.REAL, ((NSNumber) message.objectAtIndex(3)).type());
				download((NSArray) message.objectAtIndex(1));
			}
			case "DLMessageUploadFiles" -> {
				assertEquals(NSNumber.REAL, ((NSNumber) message.objectAtIndex(2)).type());
				assertEquals(NSNumber.INTEGER, ((NSNumber) message.objectAtIndex(3)).type());
				upload();
			}
			case "DLMessageGetFreeDiskSpace" -> status(0, new NSNumber(free));
			case "DLContentsOfDirectory" -> status(0, list(message.objectAtIndex(1).toString()));
			case "DLMessageCreateDirectory" -> {
				Files.createDirectories(path(message.objectAtIndex(1).toString()));
				status(0, new NSString("___EmptyParameterString___"));
			}
			case "DLMessageMoveItems", "DLMessageMoveFiles" -> {
				for (var move : ((NSDictionary) message.objectAtIndex(1)).entrySet()) {
					Path to = path(move.getValue().toString());
					Files.createDirectories(to.getParent());
					Files.move(path(move.getKey()), to, StandardCopyOption.REPLACE_EXISTING);
				}
				status(0, new NSDictionary());
			}
			case "DLMessageRemoveItems", "DLMessageRemoveFiles" -> {
				for (NSObject one : ((NSArray) message.objectAtIndex(1)).getArray()) {
					delete(path(one.toString()));
				}
				status(0, new NSDictionary());
			}
			case "DLMessageCopyItem" -> {
				copy(path(message.objectAtIndex(1).toString()), path(message.objectAtIndex(2).toString()));
				status(0, new NSDictionary());
			}
			default -> status(-1, new NSDictionary());
		}
	}

	Path path(String name) {
		Path path = root.resolve(name).normalize();
		if (name.isEmpty() || !path.startsWith(root) || path.equals(root)) {
			throw new IllegalArgumentException("the device asked for " + name);
		}
		return path;
	}

	private static void delete(Path path) throws IOException {
		if (Files.exists(path)) {
			try (Stream<Path> all = Files.walk(path)) {
				for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(one);
				}
			}
		}
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (Path one : all.toList()) {
				Files.copy(one, to.resolve(from.relativize(one).toString()));
			}
		}
	}

	private NSDictionary list(String name) throws IOException {
		NSDictionary entries = new NSDictionary();
		if (Files.isDirectory(path(name))) {
			try (Stream<Path> all = Files.list(path(name))) {
				for (Path one : all.toList()) {
					NSDictionary entry = new NSDictionary();
					entry.put("DLFileType", Files.isDirectory(one) ? "DLFileTypeDirectory" : "DLFileTypeRegular");
					entry.put("DLFileSize", Files.size(one));
					entry.put("DLFileModificationDate",
							new NSDate(new Date(Files.getLastModifiedTime(one).toMillis())));
					entries.put(one.getFileName().toString(), entry);
				}
			}
		}
		return entries;
	}

	private void download(NSArray paths) throws IOException {
		NSDictionary errors = new NSDictionary();
		byte[] buffer = new byte[frame];
		for (NSObject one : paths.getArray()) {
			byte[] name = one.toString().getBytes(StandardCharsets.UTF_8);
			out.writeInt(name.length);
			out.write(name);
			Path path = path(one.toString());
			if (!Files.isRegularFile(path)) {
				byte[] text = "No such file or directory".getBytes(StandardCharsets.UTF_8);
				out.writeInt(text.length + 1);
				out.write(0x06);
				out.write(text);
				NSDictionary error = new NSDictionary();
				error.put("DLFileErrorString", "No such file or directory");
				error.put("DLFileErrorCode", -6L);
				errors.put(one.toString(), error);
				if (stopsAtMissing) {
					break;
				}
				continue;
			}
			try (InputStream content = Files.newInputStream(path)) {
				for (int n = content.readNBytes(buffer, 0, frame); n > 0; n = content.readNBytes(buffer, 0, frame)) {
					out.writeInt(n + 1);
					out.write(0x0C);
					out.write(buffer, 0, n);
				}
			}
			out.writeInt(1);
			out.write(0);
		}
		out.writeInt(0);
		if (errors.isEmpty()) {
			status(0, new NSDictionary());
		} else {
			status(-13, errors);
		}
	}

	private void upload() throws IOException {
		byte[] buffer = new byte[1 << 16];
		for (int length = length(4096); length != 0; length = length(4096)) {
			in.skipNBytes(length);
			String name = new String(in.readNBytes(length(4096)), StandardCharsets.UTF_8);
			uploads.add(name);
			boolean keep = true;
			try (OutputStream file = Files.newOutputStream(path(name))) {
				for (int size = length(1 << 24); true; size = length(1 << 24)) {
					int code = in.readUnsignedByte();
					if (code != 0x0C) {
						String text = new String(in.readNBytes(size - 1), StandardCharsets.UTF_8);
						if (code != 0) {
							unreadable.add(text);
							keep = false;
						}
						break;
					}
					for (int left = size - 1; left > 0;) {
						int n = in.read(buffer, 0, Math.min(left, buffer.length));
						if (n < 0) {
							throw new EOFException();
						}
						file.write(buffer, 0, n);
						left -= n;
						bytes += n;
					}
				}
			}
			if (!keep) {
				Files.delete(path(name));
			}
		}
		status(0, new NSDictionary());
	}

	private int length(int limit) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > limit) {
			throw new IOException("the device announced " + Integer.toUnsignedString(length) + " bytes");
		}
		return length;
	}

	private void status(long code, NSObject value) throws IOException {
		send(new NSString("DLMessageStatusResponse"), new NSNumber(code),
				new NSString(code == 0 ? "___EmptyParameterString___" : "Multi status"), value);
	}

	private void send(NSObject... elements) throws IOException {
		NSArray message = new NSArray(elements);
		byte[] bytes = xml ? message.toXMLPropertyList().getBytes(StandardCharsets.UTF_8) : binary(message);
		out.writeInt(bytes.length);
		out.write(bytes);
		out.flush();
	}

	private static byte[] binary(NSArray message) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		BinaryPropertyListWriter.write(message, bytes);
		return bytes.toByteArray();
	}

	private NSArray receive() throws IOException {
		try {
			byte[] bytes = new byte[length(64 << 20)];
			in.readFully(bytes);
			return (NSArray) PropertyListParser.parse(bytes);
		} catch (SocketException e) {
			throw new EOFException(e.getMessage());
		} catch (IOException e) {
			throw e;
		} catch (Exception e) {
			throw new IOException(e);
		}
	}

	/** Hangs up and waits until the agent has noticed. */
	@Override
	public void close() throws IOException {
		socket.close();
		try {
			agent.join();
		} catch (InterruptedException e) {
			throw new IOException(e);
		}
	}
}
