// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.TrustedHost;
import org.keepsake.virtual.internal.phone.VirtualPhone;
import org.keepsake.virtual.internal.service.ServicePorts;
import org.keepsake.virtual.internal.wire.DeviceConnection;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * One connection to lockdownd, port 62078. Requests are answered one after the other; a session makes the rest of the
 * connection encrypted until it is stopped. Errors are words under {@code Error}, and the connection goes on.
 */
public final class LockdownConnection {

	/** The port of lockdownd. */
	public static final int PORT = 62078;

	private static final String TYPE = "com.apple.mobile.lockdown";

	private final VirtualPhone phone;
	private final DeviceTls tls;
	private final ServicePorts ports;
	private final DeviceConnection connection;
	private @Nullable TrustedHost session;
	private String sessionId = "";
	private boolean open = true;

	/**
	 * @param tls   makes sessions encrypted
	 * @param ports opens ports for services
	 */
	public LockdownConnection(VirtualPhone phone, DeviceTls tls, ServicePorts ports, DeviceConnection connection) {
		this.phone = phone;
		this.tls = tls;
		this.ports = ports;
		this.connection = connection;
	}

	/** Answers until the client leaves. */
	public void serve() throws IOException {
		while (open) {
			Map<String, Object> request = PlistFrames.read(connection.input());
			if (request == null) {
				return;
			}
			phone.refreshFaults();
			Map<String, Object> answer = new LinkedHashMap<>();
			String name = PlistFrames.text(request, "Request");
			answer.put("Request", name);
			try {
				answer(name, request, answer);
			} catch (LockdownError e) {
				answer.put("Error", e.word());
			}
			PlistFrames.writeXml(connection.output(), answer);
			if (!answer.containsKey("Error")) {
				changeEncryption(name);
			}
		}
	}

	private void changeEncryption(String name) throws IOException {
		TrustedHost host = session;
		if (name.equals("StartSession") && host != null) {
			connection.startTls(tls.engine(host));
		} else if (name.equals("StopSession")) {
			session = null;
			connection.endTls();
		}
	}

	private void answer(String name, Map<String, Object> request, Map<String, Object> answer)
			throws LockdownError, IOException {
		switch (name) {
			case "QueryType" -> answer.put("Type", TYPE);
			case "GetValue" -> getValue(request, answer);
			case "SetValue" -> setValue(request, answer);
			case "RemoveValue" -> removeValue(request, answer);
			case "Pair" -> pair(request, answer);
			case "ValidatePair" -> validatePair(request);
			case "Unpair" -> unpair(request);
			case "StartSession" -> startSession(request, answer);
			case "StopSession" -> stopSession(request, answer);
			case "StartService" -> startService(request, answer);
			case "EnterRecovery" -> {
				requireSession();
				phone.restart();
			}
			case "ResetPairing" -> {
				requireSession();
				phone.trust().clear();
			}
			case "Goodbye" -> {
				answer.put("Result", "Success");
				open = false;
			}
			case "" -> throw new LockdownError("MalformedCommand");
			default -> throw new LockdownError("InvalidRequest");
		}
	}

	private TrustedHost requireSession() throws LockdownError {
		TrustedHost host = session;
		if (host == null) {
			throw new LockdownError("SessionInactive");
		}
		return host;
	}

	private static @Nullable String optional(Map<String, Object> request, String key) {
		return request.get(key) instanceof String text && !text.isEmpty() ? text : null;
	}

	private void getValue(Map<String, Object> request, Map<String, Object> answer) throws LockdownError {
		String domain = optional(request, "Domain");
		String key = optional(request, "Key");
		if (session == null && (domain != null || key != null && !OpenValues.has(key))) {
			throw new LockdownError("GetProhibited");
		}
		Object value = phone.lockdownValue(domain, key);
		if (session == null && value instanceof Map<?, ?> all) {
			Map<Object, @Nullable Object> some = new LinkedHashMap<>(all);
			some.keySet().removeIf(name -> !OpenValues.has(String.valueOf(name)));
			value = some;
		}
		if (value == null) {
			throw new LockdownError("MissingValue");
		}
		if (domain != null) {
			answer.put("Domain", domain);
		}
		if (key != null) {
			answer.put("Key", key);
		}
		answer.put("Value", value);
	}

	private void setValue(Map<String, Object> request, Map<String, Object> answer) throws LockdownError, IOException {
		String domain = optional(request, "Domain");
		String key = optional(request, "Key");
		Object value = request.get("Value");
		if (key == null) {
			throw new LockdownError("MissingKey");
		}
		if (value == null) {
			throw new LockdownError("MissingValue");
		}
		if (session == null && !key.equals("UntrustedHostBUID")) {
			throw new LockdownError("SetProhibited");
		}
		if (domain == null && !key.equals("DeviceName") && !key.equals("UntrustedHostBUID")
				&& !key.startsWith("TimeZone") && !key.equals("TimeIntervalSince1970")
				|| "com.apple.mobile.backup".equals(domain) && key.equals("WillEncrypt")) {
			throw new LockdownError("SetProhibited");
		}
		phone.setLockdownValue(domain, key, value);
		if (key.equals("DeviceName") && domain == null) {
			phone.post("com.apple.mobile.lockdown.device_name_changed");
		}
		answer.put("Key", key);
	}

	private void removeValue(Map<String, Object> request, Map<String, Object> answer)
			throws LockdownError, IOException {
		String domain = optional(request, "Domain");
		String key = optional(request, "Key");
		if (key == null) {
			throw new LockdownError("MissingKey");
		}
		if (session == null || domain == null && !key.equals("UntrustedHostBUID")) {
			throw new LockdownError("RemoveProhibited");
		}
		if (phone.lockdownValue(domain, key) == null) {
			throw new LockdownError("MissingValue");
		}
		phone.setLockdownValue(domain, key, null);
		answer.put("Key", key);
	}

	private void pair(Map<String, Object> request, Map<String, Object> answer) throws LockdownError, IOException {
		PairRequest wanted = PairRequest.of(request);
		wanted.check(phone.key().publicKey());
		if (phone.isLocked()) {
			throw new LockdownError("PasswordProtected");
		}
		switch (phone.trust().ask(wanted.systemBuid(), phone.faults())) {
			case PENDING -> throw new LockdownError("PairingDialogResponsePending");
			case DENIED -> throw new LockdownError("UserDeniedPairing");
			case TRUSTED -> {
				byte[] escrowBag = new byte[32];
				new SecureRandom().nextBytes(escrowBag);
				phone.trust().add(wanted.trusted(escrowBag));
				answer.put("EscrowBag", escrowBag);
			}
		}
	}

	/** Only devices before iOS 7 are asked, but all answer. */
	private void validatePair(Map<String, Object> request) throws LockdownError {
		PairRequest wanted = PairRequest.of(request);
		if (phone.trust().find(wanted.hostId()) == null) {
			throw new LockdownError("InvalidHostID");
		}
	}

	private void unpair(Map<String, Object> request) throws LockdownError, IOException {
		String hostId = PlistFrames.text(PlistFrames.dictionary(request, "PairRecord"), "HostID");
		if (hostId.isEmpty()) {
			throw new LockdownError("MissingHostID");
		}
		if (phone.trust().find(hostId) == null) {
			throw new LockdownError("InvalidHostID");
		}
		phone.trust().forget(hostId);
	}

	private void startSession(Map<String, Object> request, Map<String, Object> answer) throws LockdownError {
		if (session != null) {
			throw new LockdownError("SessionActive");
		}
		String hostId = PlistFrames.text(request, "HostID");
		if (hostId.isEmpty()) {
			throw new LockdownError("MissingHostID");
		}
		TrustedHost host = phone.trust().find(hostId);
		if (host == null) {
			throw new LockdownError("InvalidHostID");
		}
		if (phone.faults().has("before-first-unlock")) {
			throw new LockdownError("PasswordProtected");
		}
		session = host;
		sessionId = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
		answer.put("SessionID", sessionId);
		answer.put("EnableSessionSSL", true);
	}

	private void stopSession(Map<String, Object> request, Map<String, Object> answer) throws LockdownError {
		requireSession();
		String stopped = PlistFrames.text(request, "SessionID");
		if (stopped.isEmpty()) {
			throw new LockdownError("MissingSessionID");
		}
		if (!stopped.equals(sessionId)) {
			throw new LockdownError("InvalidSessionID");
		}
		answer.put("Result", "Success");
	}

	private void startService(Map<String, Object> request, Map<String, Object> answer) throws LockdownError {
		String service = PlistFrames.text(request, "Service");
		if (service.isEmpty()) {
			throw new LockdownError("MissingService");
		}
		TrustedHost host = session;
		if (host == null && !service.equals("com.apple.mobile.insecure_notification_proxy")) {
			throw new LockdownError("SessionInactive");
		}
		if (!ports.offers(service) || phone.faults().text("service-missing", "").equals(service)) {
			throw new LockdownError("InvalidService");
		}
		boolean escrow = request.get("EscrowBag") instanceof byte[];
		if (escrow && (host == null || !Arrays.equals(PlistFrames.data(request, "EscrowBag"), host.escrowBag()))) {
			throw new LockdownError("EscrowLocked");
		}
		boolean encrypted = host != null && !phone.faults().has("no-ssl-services");
		answer.put("Service", service);
		answer.put("Port", ports.open(service, encrypted ? host : null, escrow));
		if (encrypted) {
			answer.put("EnableServiceSSL", true);
		}
	}
}
