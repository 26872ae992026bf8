// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.bouncycastle.cert.X509CertificateHolder;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.keepsake.virtual.internal.mux.TestMux;
import org.keepsake.virtual.internal.wire.PlistFrames;

/** A computer's connection to lockdownd, and from there to services. */
@NonNullByDefault({})
public final class TestLockdown implements Closeable {

	/** Pairings of one computer are told apart by their host id, computers by this. */
	static final String COMPUTER = "0D0E0A0D-0000-4000-8000-000000000001";

	private final InetSocketAddress address;
	private final String udid;
	private final TestMux mux;
	private final TestIdentity identity;
	private Socket socket;
	private String sessionId = "";

	private TestLockdown(InetSocketAddress address, String udid, TestIdentity identity) throws IOException {
		this.address = address;
		this.udid = udid;
		this.identity = identity;
		mux = new TestMux(address);
		if (!Integer.valueOf(0).equals(mux.connect(mux.deviceNumber(udid), 62078).number())) {
			throw new IOException("lockdownd does not listen");
		}
		socket = mux.socket();
	}

	/** A computer that has not paired yet. */
	static TestLockdown stranger(InetSocketAddress address, String udid) throws IOException {
		return new TestLockdown(address, udid, new TestIdentity(COMPUTER));
	}

	/** A computer with the identity, on a new connection. */
	static TestLockdown as(TestIdentity identity, InetSocketAddress address, String udid) throws IOException {
		return new TestLockdown(address, udid, identity);
	}

	/** A computer that has paired just now and has a session. */
	public static TestLockdown paired(InetSocketAddress address, String udid) throws IOException {
		TestLockdown lockdown = stranger(address, udid);
		for (Map<String, Object> answer = lockdown.pair(); answer.containsKey("Error"); answer = lockdown.pair()) {
			if (!answer.get("Error").equals("PairingDialogResponsePending")) {
				throw new IOException(String.valueOf(answer.get("Error")));
			}
		}
		lockdown.startSession();
		return lockdown;
	}

	TestIdentity identity() {
		return identity;
	}

	/** Sends a request with its arguments as pairs of name and value. */
	public Map<String, Object> ask(String name, Object... arguments) throws IOException {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("Label", "test");
		request.put("Request", name);
		for (int i = 0; i < arguments.length; i += 2) {
			request.put((String) arguments[i], arguments[i + 1]);
		}
		PlistFrames.writeXml(socket.getOutputStream(), request);
		Map<String, Object> answer = PlistFrames.read(socket.getInputStream());
		if (answer == null) {
			throw new java.io.EOFException("lockdownd hung up");
		}
		return answer;
	}

	/** The error of a request. */
	Object error(String name, Object... arguments) throws IOException {
		return ask(name, arguments).get("Error");
	}

	Map<String, Object> pair() throws IOException {
		byte[] key = PlistFrames.data(ask("GetValue", "Key", "DevicePublicKey"), "Value");
		return pair(TestIdentity.certificate("device", TestIdentity.publicKey(key), TestIdentity.ROOT, false));
	}

	Map<String, Object> pair(X509CertificateHolder device) throws IOException {
		Map<String, Object> answer = ask("Pair", "PairRecord", identity.pairRecord(device), "ProtocolVersion", "2",
				"PairingOptions", Map.of("ExtendedPairingErrors", true));
		if (answer.containsKey("EscrowBag")) {
			identity.escrowBag = PlistFrames.data(answer, "EscrowBag");
		}
		return answer;
	}

	void startSession() throws IOException {
		startSession(identity.host, TestIdentity.HOST);
	}

	void startSession(X509CertificateHolder certificate, KeyPair keys) throws IOException {
		Map<String, Object> answer = ask("StartSession", "HostID", identity.hostId, "SystemBUID", identity.systemBuid);
		sessionId = PlistFrames.text(answer, "SessionID");
		if (!Boolean.TRUE.equals(answer.get("EnableSessionSSL"))) {
			throw new IOException("no session: " + answer.get("Error"));
		}
		socket = tls(socket, certificate, keys);
	}

	/** Ends the session and TLS with it. */
	void stopSession() throws IOException {
		if (error("StopSession", "SessionID", sessionId) != null) {
			throw new IOException("the session goes on");
		}
		socket.close();
		socket = mux.socket();
	}

	/** Starts a service and connects to it. */
	public Socket service(String name) throws IOException {
		Map<String, Object> answer = ask("StartService", "Service", name);
		if (answer.containsKey("Error")) {
			throw new IOException(String.valueOf(answer.get("Error")));
		}
		Socket plain = open((Integer) answer.get("Port"));
		boolean encrypted = Boolean.TRUE.equals(answer.get("EnableServiceSSL"));
		return encrypted ? tls(plain, identity.host, TestIdentity.HOST) : plain;
	}

	/** Connects to a port of the device. */
	@SuppressWarnings("resource") // the socket is closed by whoever gets it
	Socket open(int port) throws IOException {
		TestMux other = new TestMux(address);
		if (!Integer.valueOf(0).equals(other.connect(other.deviceNumber(udid), port).number())) {
			throw new IOException("nothing listens on " + port);
		}
		return other.socket();
	}

	private static SSLSocket tls(Socket plain, X509CertificateHolder certificate, KeyPair keys) throws IOException {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(
					new ByteArrayInputStream(certificate.getEncoded()));
			store.setKeyEntry("own", keys.getPrivate(), new char[0], new Certificate[] { own });
			KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
			managers.init(store, new char[0]);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(managers.getKeyManagers(), new TrustManager[] { new Anybody() }, null);
			SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "device", 62078, false);
			socket.startHandshake();
			return socket;
		} catch (GeneralSecurityException e) {
			throw new IOException(e);
		}
	}

	private static final class Anybody implements X509TrustManager {
		@Override
		public void checkClientTrusted(X509Certificate[] chain, String type) {
			throw new IllegalStateException();
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String type) {
			// whoever it is
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}

	@Override
	public void close() throws IOException {
		mux.close();
	}
}
