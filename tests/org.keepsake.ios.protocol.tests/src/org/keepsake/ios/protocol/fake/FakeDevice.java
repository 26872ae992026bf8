// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.fake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.core.transport.DeviceListener;
import org.keepsake.core.transport.PairRecords;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.lockdown.Lockdown;
import org.keepsake.ios.protocol.internal.pairing.PairRecord;
import org.keepsake.ios.protocol.internal.pairing.PairingCertificates;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.wire.TestTls;

/** A device and the transport to it in one. Public fields are the script; a test sets them before it talks. */
public final class FakeDevice implements Transport {

	/** A device of the A12 kind. */
	public static final String UDID = "00008110-000A1B2C3D4E801E";
	private static final KeyPair KEY = key();

	/** Speaks a service. */
	public interface Handler {
		void serve(FakeConnection connection) throws Exception;
	}

	public final AttachedDevice attached;
	public final Map<String, Object> root = new LinkedHashMap<>();
	public final Map<String, Map<String, Object>> domains = new ConcurrentHashMap<>();
	public final Map<String, Handler> services = new ConcurrentHashMap<>();
	/** Answers to Pair: an error each, or empty for success; success once they are used up. */
	public final Queue<String> pairAnswers = new ConcurrentLinkedQueue<>();
	public final Set<String> trusted = ConcurrentHashMap.newKeySet();
	public final List<Dict> requests = new CopyOnWriteArrayList<>();
	public final List<String> journal = new CopyOnWriteArrayList<>();
	public final Deque<Throwable> failures = new ConcurrentLinkedDeque<>();
	public byte @Nullable [] escrowBag = { 1, 2, 3, 4 };
	public boolean tls = true;
	public boolean serviceTls = true;
	public String[] protocols = {};
	/** An error that StartSession answers. */
	public volatile @Nullable String sessionError;
	/** Whether TLS fails though the session was granted. */
	public volatile boolean forgetful;
	public volatile byte @Nullable [] record;

	private final ServerSocket server;
	private final Map<Integer, String> ports = new ConcurrentHashMap<>();
	private final List<Socket> sockets = Collections.synchronizedList(new java.util.ArrayList<>());
	private final FakeServices small = new FakeServices(this);

	public FakeDevice() throws IOException {
		this(ConnectionType.USB);
	}

	public FakeDevice(ConnectionType connection) throws IOException {
		attached = new AttachedDevice("fake", "7", new Udid(UDID), connection);
		server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		root.putAll(Map.of("UniqueDeviceID", UDID, "DeviceName", "Anna's iPhone", "ProductType", "iPhone15,2",
				"ProductVersion", "16.0", "BuildVersion", "20A362", "SerialNumber", "F2LXXXXXXX", "WiFiAddress",
				"AA:BB:CC:00:11:22", "DevicePublicKey", publicKey()));
		root.put("PasswordProtected", false);
		small.install();
	}

	/** Made once: keys are costly. */
	private static final class Made {
		static final PairingCertificates CERTIFICATES = make();

		private static PairingCertificates make() {
			try {
				return PairingCertificates.create(publicKey(), Instant.now());
			} catch (GeneralSecurityException e) {
				throw new IllegalStateException(e);
			}
		}
	}

	private static KeyPair key() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(2048);
			return generator.generateKeyPair();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** As devices give it: PEM of the PKCS#1 key inside the SubjectPublicKeyInfo. */
	private static byte[] publicKey() {
		byte[] info = KEY.getPublic().getEncoded();
		byte[] pkcs1 = java.util.Arrays.copyOfRange(info, 24, info.length);
		return ("-----BEGIN RSA PUBLIC KEY-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(pkcs1)
				+ "\n-----END RSA PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII);
	}

	/** Makes the pairing as if it had been done before. */
	public FakeDevice paired() throws Exception {
		PairRecord made = PairRecord.create(Made.CERTIFICATES, "BUID", null).withEscrowBag(escrowBag);
		record = made.serialise();
		trusted.add(made.hostId());
		return this;
	}

	private static final Map<String, TestTls> CONTEXTS = new ConcurrentHashMap<>();

	/** Presents the certificate that the host made for it. */
	private TestTls tls() throws Exception {
		byte[] kept = record;
		byte[] pem = kept == null ? lastOffered : Plist.parseDict(kept).data("DeviceCertificate");
		if (pem == null) {
			throw new IOException("No certificate was offered");
		}
		String text = new String(pem, StandardCharsets.US_ASCII);
		TestTls known = CONTEXTS.get(text);
		if (known == null) {
			String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
			known = new TestTls(Base64.getDecoder().decode(body), KEY.getPrivate());
			CONTEXTS.put(text, known);
		}
		return known;
	}

	private volatile byte @Nullable [] lastOffered;

	@Override
	public String id() {
		return "fake";
	}

	@Override
	public List<AttachedDevice> devices() {
		return List.of(attached);
	}

	@Override
	public Watch watch(DeviceListener listener) {
		listener.attached(attached);
		listeners.add(listener);
		return () -> listeners.remove(listener);
	}

	private final List<DeviceListener> listeners = new CopyOnWriteArrayList<>();

	/** Pulls the cable, but lets the connections hang. */
	public void announceDeparture() {
		listeners.forEach(listener -> listener.detached(attached));
	}

	@Override
	public DeviceChannel connect(AttachedDevice device, int port) throws ProblemException {
		String name = port == Lockdown.PORT ? "lockdown" : ports.get(port);
		if (name == null) {
			throw DeviceProblems.REFUSED.exception("port", String.valueOf(port));
		}
		try {
			Socket host = new Socket(server.getInetAddress(), server.getLocalPort());
			Socket own = server.accept();
			host.setTcpNoDelay(true);
			own.setTcpNoDelay(true);
			sockets.add(own);
			Thread.ofVirtual().name("fake-" + name).start(() -> serve(name, own));
			return new TestChannel(host);
		} catch (IOException e) {
			throw DeviceProblems.CONNECTION_LOST.exceptionBecause(e, "connecting");
		}
	}

	private void serve(String name, Socket socket) {
		try (FakeConnection connection = new FakeConnection(socket)) {
			if (name.equals("lockdown")) {
				lockdown(connection);
			} else {
				if (serviceTls) {
					connection.secure(tls().accept(connection.socket(), protocols));
				}
				Handler handler = services.get(name);
				if (handler != null) {
					handler.serve(connection);
				}
			}
		} catch (java.io.EOFException | java.net.SocketException | javax.net.ssl.SSLException e) {
			journal.add(name + " ended");
		} catch (Exception | AssertionError e) {
			failures.add(e);
		}
	}

	private void lockdown(FakeConnection connection) throws Exception {
		while (true) {
			Dict request = connection.receiveDict();
			requests.add(request);
			String name = request.string("Request", "");
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("Request", name);
			answer.putAll(answer(name, request));
			connection.send(answer);
			if (name.equals("StartSession") && !answer.containsKey("Error") && tls) {
				if (forgetful) {
					return;
				}
				connection.secure(tls().accept(connection.socket(), protocols));
			}
		}
	}

	private Map<String, Object> answer(String name, Dict request) {
		return switch (name) {
			case "QueryType" -> Map.of("Type", "com.apple.mobile.lockdown");
			case "GetValue" -> value(request);
			case "SetValue" -> {
				domains.computeIfAbsent(request.string("Domain", ""), k -> new ConcurrentHashMap<>())
						.put(request.string("Key", ""), String.valueOf(request.get("Value")));
				yield Map.of();
			}
			case "StartSession" -> session(request);
			case "StartService" -> service(request);
			case "Pair" -> pair(request);
			case "Unpair" -> {
				trusted.remove(request.dictOrEmpty("PairRecord").string("HostID", ""));
				yield Map.of();
			}
			case "StopSession" -> Map.of("Result", "Success");
			default -> Map.of("Error", "InvalidResponse");
		};
	}

	private Map<String, Object> value(Dict request) {
		String domain = request.string("Domain");
		String key = request.string("Key");
		Map<String, Object> values = domain == null ? root : domains.get(domain);
		if (values == null) {
			return Map.of("Error", "MissingValue");
		}
		Object value = key == null ? values : values.get(key);
		return value == null ? Map.of("Error", "MissingValue") : Map.of("Value", value);
	}

	private Map<String, Object> session(Dict request) {
		String error = sessionError;
		if (error != null) {
			return Map.of("Error", error);
		}
		if (!trusted.contains(request.string("HostID", ""))) {
			return Map.of("Error", "InvalidHostID");
		}
		return Map.of("SessionID", "SESSION", "EnableSessionSSL", tls);
	}

	private Map<String, Object> service(Dict request) {
		String name = request.string("Service", "");
		if (!services.containsKey(name)) {
			return Map.of("Error", "InvalidService");
		}
		byte[] bag = request.data("EscrowBag");
		journal.add("start " + name + (bag == null ? "" : " with bag"));
		int port = 10_000 + ports.size();
		ports.put(port, name);
		return Map.of("Service", name, "Port", (long) port, "EnableServiceSSL", serviceTls);
	}

	private Map<String, Object> pair(Dict request) {
		Dict offered = request.dictOrEmpty("PairRecord");
		lastOffered = offered.data("DeviceCertificate");
		String error = pairAnswers.poll();
		if (error != null && !error.isEmpty()) {
			return Map.of("Error", error);
		}
		trusted.add(offered.string("HostID", ""));
		byte[] bag = escrowBag;
		return bag == null ? Map.of() : Map.of("EscrowBag", bag);
	}

	/** Breaks all connections. */
	public void cut() throws IOException {
		for (Socket socket : List.copyOf(sockets)) {
			socket.setSoLinger(true, 0);
			socket.close();
		}
	}

	/** Pushes a notification to whoever observes. */
	public void notifyHost(String name) {
		small.push(name);
	}

	/** Files in the media folder. */
	public Map<String, byte[]> media() {
		return small.media;
	}

	/** Errors that the next locks get. */
	public ArrayDeque<Long> lockErrors() {
		return small.lockErrors;
	}

	@Override
	public PairRecords pairRecords() {
		return new PairRecords() {
			@Override
			public String hostIdentifier() {
				return "30142955-444094379208051516";
			}

			@Override
			public Optional<byte[]> read(Udid udid) {
				byte[] kept = record;
				return kept == null ? Optional.empty() : Optional.of(kept);
			}

			@Override
			public void save(AttachedDevice device, byte[] saved) {
				record = saved;
			}

			@Override
			public void delete(Udid udid) {
				record = null;
			}
		};
	}

	@Override
	public void close() throws IOException {
		server.close();
		for (Socket socket : List.copyOf(sockets)) {
			socket.close();
		}
	}

	private static final class TestChannel implements DeviceChannel {
		private final Socket socket;

		TestChannel(Socket socket) {
			this.socket = socket;
		}

		@Override
		public java.io.InputStream input() {
			return new java.io.InputStream() {
				@Override
				public int read() throws IOException {
					return socket.getInputStream().read();
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					return socket.getInputStream().read(bytes, offset, length);
				}
			};
		}

		@Override
		public java.io.OutputStream output() {
			return new java.io.OutputStream() {
				@Override
				public void write(int b) throws IOException {
					socket.getOutputStream().write(b);
				}

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					socket.getOutputStream().write(bytes, offset, length);
				}
			};
		}

		@Override
		public void readTimeout(java.time.Duration timeout) {
			try {
				socket.setSoTimeout((int) timeout.toMillis());
			} catch (IOException e) {
				// closed
			}
		}

		@Override
		public void close() throws IOException {
			socket.close();
		}
	}
}
