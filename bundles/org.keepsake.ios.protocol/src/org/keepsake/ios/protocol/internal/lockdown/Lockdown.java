// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.lockdown;

import java.io.Closeable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.IosVersion;
import org.keepsake.core.transport.DeviceChannel;
import org.keepsake.ios.protocol.internal.pairing.PairRecord;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.PlistWire;
import org.keepsake.ios.protocol.internal.wire.TlsFailedException;
import org.keepsake.ios.protocol.internal.wire.TlsIdentity;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * One connection to lockdown: plaintext at first, TLS within a session. Source:
 * {@code libimobiledevice/libimobiledevice: src/lockdown.c}. Used by one thread at a time.
 */
public final class Lockdown implements Closeable {

	/** The device's port. */
	public static final int PORT = 62078;

	private static final String LABEL = "Keepsake";
	private static final String PROTOCOL_VERSION = "2";

	private final PlistWire wire;
	private @Nullable TlsIdentity identity;
	private @Nullable String session;
	private @Nullable IosVersion version;

	/** On a channel to {@link #PORT}; asks the device whether it is lockdown that answers. */
	public static Lockdown open(DeviceChannel channel, Duration patience) throws IOException {
		Lockdown lockdown = new Lockdown(channel);
		boolean opened = false;
		try {
			channel.readTimeout(patience);
			String type = lockdown.ask("QueryType", Map.of()).string("Type", "");
			if (type.endsWith(".restored")) {
				throw new LockdownException("QueryType", "RestoreMode");
			}
			opened = true;
			return lockdown;
		} finally {
			if (!opened) {
				channel.close();
			}
		}
	}

	private Lockdown(DeviceChannel channel) {
		wire = new PlistWire(new Wire(channel, Wire.SMALL));
	}

	/** The answer to the request, which is no error. */
	private Dict ask(String request, Map<String, ?> arguments) throws IOException {
		Map<String, Object> message = new LinkedHashMap<>();
		message.put("Label", LABEL);
		message.put("Request", request);
		message.putAll(arguments);
		Dict answer = wire.ask(message);
		String error = answer.string("Error");
		if (error != null) {
			Object service = arguments.get("Service");
			throw new LockdownException(service == null ? request : request + ' ' + service, error);
		}
		if ("Failure".equals(answer.string("Result"))) {
			throw new LockdownException(request, "Failure");
		}
		return answer;
	}

	/**
	 * A value; a whole dictionary where the key is null.
	 *
	 * @return null if the device has none, or does not say
	 */
	public @Nullable Object value(@Nullable String domain, @Nullable String key) throws IOException {
		try {
			return ask("GetValue", place(domain, key)).get("Value");
		} catch (LockdownException e) {
			return null;
		}
	}

	/** All values of a domain, or of the root; empty if the device has none, or does not say. */
	public Dict values(@Nullable String domain) throws IOException {
		return value(domain, null) instanceof Map<?, ?> map ? Dict.of(map) : Dict.EMPTY;
	}

	/** Sets a value; needs a session. */
	public void setValue(@Nullable String domain, String key, Object value) throws IOException {
		Map<String, Object> arguments = place(domain, key);
		arguments.put("Value", value);
		ask("SetValue", arguments);
	}

	/** Removes a value; needs a session. */
	public void removeValue(@Nullable String domain, String key) throws IOException {
		ask("RemoveValue", place(domain, key));
	}

	private static Map<String, Object> place(@Nullable String domain, @Nullable String key) {
		Map<String, Object> place = new LinkedHashMap<>();
		if (domain != null) {
			place.put("Domain", domain);
		}
		if (key != null) {
			place.put("Key", key);
		}
		return place;
	}

	/** The device's system version, asked for once; null where it does not say. */
	public @Nullable IosVersion version() throws IOException {
		if (version == null && value(null, "ProductVersion") instanceof String text) {
			version = new IosVersion(text);
		}
		return version;
	}

	/**
	 * Begins a session: the device proves that it knows us, and all further talk is encrypted.
	 *
	 * @throws LockdownException   {@code InvalidHostID}, {@code PasswordProtected} and others
	 * @throws TlsFailedException if the device has forgotten us
	 */
	public void startSession(PairRecord record) throws IOException {
		boolean legacy = isLegacy();
		TlsIdentity own;
		try {
			own = record.identity();
		} catch (GeneralSecurityException e) {
			throw new LockdownException("StartSession", "InvalidPairRecord");
		}
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("HostID", record.hostId());
		arguments.put("SystemBUID", record.systemBuid());
		Dict answer = ask("StartSession", arguments);
		session = answer.string("SessionID");
		identity = own;
		if (answer.isTrue("EnableSessionSSL")) {
			wire.wire().startTls(own, legacy, false);
		}
	}

	private boolean isLegacy() throws IOException {
		IosVersion known = version();
		return known != null && known.major() > 0 && known.major() < 10;
	}

	/**
	 * Where a service waits.
	 *
	 * @param name what was started
	 * @param port to connect to, once
	 * @param tls  whether TLS begins at once
	 */
	public record Service(String name, int port, boolean tls) {
	}

	/**
	 * Starts a service.
	 *
	 * @param escrowBag lets the service work while the screen is locked; null without
	 */
	public Service startService(String name, byte @Nullable [] escrowBag) throws IOException {
		Map<String, Object> arguments = new LinkedHashMap<>();
		arguments.put("Service", name);
		if (escrowBag != null) {
			arguments.put("EscrowBag", escrowBag);
		}
		Dict answer = ask("StartService", arguments);
		long port = answer.integer("Port", -1);
		if (port < 1 || port > 0xffff) {
			throw new PlistException("StartService without a port");
		}
		return new Service(name, (int) port, answer.isTrue("EnableServiceSSL"));
	}

	/** Begins TLS on a service's connection with this session's identity. */
	public void secure(Service service, Wire connection, boolean large) throws IOException {
		TlsIdentity own = identity;
		if (service.tls() && own != null) {
			connection.startTls(own, isLegacy(), large);
		}
	}

	/**
	 * Asks the device to pair.
	 *
	 * @return its escrow bag, or null where it gave none
	 * @throws LockdownException {@code PairingDialogResponsePending}, {@code UserDeniedPairing} and others
	 */
	public byte @Nullable [] pair(PairRecord record) throws IOException {
		return ask("Pair", Map.of("PairRecord", record.forDevice(), "ProtocolVersion", PROTOCOL_VERSION,
				"PairingOptions", Map.of("ExtendedPairingErrors", Boolean.TRUE))).data("EscrowBag");
	}

	/** Ends the trust. */
	public void unpair(PairRecord record) throws IOException {
		ask("Unpair", Map.of("PairRecord", record.forDevice(), "ProtocolVersion", PROTOCOL_VERSION));
	}

	/** Ends the session, as far as the device still listens, and closes the connection. */
	@Override
	public void close() throws IOException {
		try {
			String id = session;
			if (id != null) {
				session = null;
				wire.wire().readTimeout(Duration.ofSeconds(1));
				ask("StopSession", Map.of("SessionID", id));
			}
		} catch (IOException e) {
			// the device closed first; the session ended with the connection
		} finally {
			wire.close();
		}
	}

	/** Closes the connection at once, from any thread. */
	public void abort() {
		try {
			wire.close();
		} catch (IOException e) {
			// it is gone either way
		}
	}
}
