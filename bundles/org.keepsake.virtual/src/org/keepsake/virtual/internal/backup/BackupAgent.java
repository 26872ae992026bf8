// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;
import org.keepsake.virtual.internal.service.ServiceConnection;
import org.keepsake.virtual.internal.service.ServiceHandler;

/**
 * {@code com.apple.mobilebackup2} on the device: greets the host, takes its requests one after the other, and drives each
 * to its final message. Stateless; each connection has its own session.
 */
public final class BackupAgent implements ServiceHandler {

	private static final System.Logger LOG = System.getLogger(BackupAgent.class.getName());

	/** Made by whoever offers the service. */
	public BackupAgent() {
		// nothing to set up
	}

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		new Session(phone, connection).serve();
	}

	/** One connection. */
	private static final class Session {

		private static final List<Double> PROTOCOLS = List.of(2.1, 2.0);
		private static final String DOMAIN_CHANGED = "com.apple.mobile.backup.domain_changed";

		private final Phone phone;
		private final ServiceConnection connection;
		private final Misbehaviour misbehaviour;
		private final HostLink link;

		Session(Phone phone, ServiceConnection connection) {
			this.phone = phone;
			this.connection = connection;
			misbehaviour = new Misbehaviour(phone, connection);
			boolean old = !Versions.atLeast(phone.iosVersion(), "10.0") || phone.faults().has("old-names");
			link = new HostLink(misbehaviour, old);
		}

		void serve() throws IOException {
			try {
				greet();
				while (true) {
					List<?> message = link.receive();
					if ("DLMessageDisconnect".equals(message.getFirst())) {
						return;
					}
					if ("DLMessageProcessMessage".equals(message.getFirst()) && message.size() > 1) {
						request(Plists.map(message.get(1)));
					}
				}
			} catch (EOFException e) {
				LOG.log(System.Logger.Level.DEBUG, "the host closed", e);
			} finally {
				observe();
			}
		}

		private void greet() throws IOException {
			long major = Versions.atLeast(phone.iosVersion(), "10.0") ? 400 : 300;
			link.send("DLMessageVersionExchange", major, 0L);
			List<?> answer = link.receive();
			if (!"DLMessageVersionExchange".equals(answer.getFirst()) || answer.size() < 3
					|| !"DLVersionsOk".equals(answer.get(1))) {
				throw new EOFException("the host does not want this version");
			}
			link.send("DLMessageDeviceReady");
		}

		private void request(Map<String, Object> request) throws IOException {
			String name = text(request, "MessageName", "");
			misbehaviour.begin();
			if (name.equals("Hello")) {
				hello(request);
				return;
			}
			boolean reboot = false;
			Map<String, Object> response = response(0, "");
			try {
				Faults faults = misbehaviour.faults();
				reboot = perform(name, request, response);
				if (faults.has("error")) {
					throw new BackupFailure((int) faults.number("error", BackupFailure.GENERIC), "Error on demand");
				}
			} catch (BackupFailure e) {
				response = response(e.code(), String.valueOf(e.getMessage()));
			}
			link.respond(response);
			observe();
			if (reboot) {
				phone.setSetting(RestoreRun.AWAITING_REBOOT, null);
				phone.restart();
			}
		}

		private static Map<String, Object> response(int code, String text) {
			Map<String, Object> response = new LinkedHashMap<>();
			response.put("MessageName", "Response");
			response.put("ErrorCode", (long) code);
			response.put("ErrorDescription", text);
			return response;
		}

		private void hello(Map<String, Object> request) throws IOException {
			if (request.get("SupportedProtocolVersions") instanceof List<?> versions) {
				for (Double version : PROTOCOLS) {
					if (versions.contains(version)) {
						Map<String, Object> response = response(0, "");
						response.put("ProtocolVersion", version);
						link.respond(response);
						return;
					}
				}
			}
			link.respond(response(1, "No common protocol version"));
		}

		/** Performs a request; whether the phone is to restart afterwards. */
		private boolean perform(String name, Map<String, Object> request, Map<String, Object> response)
				throws IOException {
			if (!phone.udid().equals(request.get("TargetIdentifier"))) {
				throw new BackupFailure(BackupFailure.GENERIC, "Target identifier is not of this device");
			}
			Policies policies = new Policies(phone, connection);
			Faults faults = misbehaviour.faults();
			switch (name) {
				case "Backup" -> {
					DeviceKeys keys = DeviceKeys.of(phone);
					policies.beforeBackup(keys);
					boolean full = Boolean.TRUE.equals(options(request).get("ForceFullBackup"));
					new BackupRun(phone, link, folder(request), faults, keys).run(full);
				}
				case "Restore" -> {
					policies.beforeRestore();
					RestoreRequest wanted = RestoreRequest.of(options(request));
					new RestoreRun(phone, link, folder(request), faults, wanted, policies.demandsEncryption()).run();
					return wanted.reboot();
				}
				case "ChangePassword" -> changePassword(request, policies);
				case "EnableCloudBackup" -> phone.setLockdownValue("com.apple.mobile.backup", "CloudBackupEnabled",
						Boolean.TRUE.equals(request.get("CloudBackupState")));
				case "EraseDevice" -> erase();
				case "Info", "List", "Unback", "Extract" ->
					new OldQueries(phone, link, folder(request)).answer(name, request, response);
				default -> throw new BackupFailure(BackupFailure.GENERIC, "Unknown request " + name);
			}
			return false;
		}

		private static Map<String, Object> options(Map<String, Object> request) throws IOException {
			return request.get("Options") instanceof Map<?, ?> options ? Plists.map(options) : Map.of();
		}

		private static String text(Map<String, Object> request, String key, String otherwise) {
			return request.get(key) instanceof String text ? text : otherwise;
		}

		/** The backup's folder on the host. */
		private String folder(Map<String, Object> request) throws IOException {
			String folder = text(request, "SourceIdentifier", phone.udid());
			if (folder.isEmpty() || folder.contains("/") || folder.startsWith(".")) {
				throw new BackupFailure(BackupFailure.GENERIC, "Source identifier is none");
			}
			return folder;
		}

		private void changePassword(Map<String, Object> request, Policies policies) throws IOException {
			policies.beforePasswordChange();
			String old = text(request, "OldPassword", "");
			String fresh = text(request, "NewPassword", "");
			DeviceKeys keys = DeviceKeys.of(phone);
			if (keys.encrypted()) {
				if (old.isEmpty() || misbehaviour.faults().has("wrong-password")) {
					throw new BackupFailure(BackupFailure.PASSWORD, "Invalid password");
				}
				keys.bag().unlock(old);
			} else if (fresh.isEmpty() || !old.isEmpty()) {
				throw new BackupFailure(BackupFailure.PASSWORD, "Backups of this device are not encrypted");
			}
			if (fresh.isEmpty() && policies.demandsEncryption()) {
				throw new BackupFailure(BackupFailure.PROFILE, "A configuration profile forbids to remove encryption");
			}
			(fresh.isEmpty() ? DeviceKeys.newUnencrypted(phone) : DeviceKeys.newEncrypted(phone, fresh)).keep(phone);
			phone.post(DOMAIN_CHANGED);
		}

		/** Everything goes; the connection breaks without an answer. */
		private void erase() throws IOException {
			phone.files().batch(files -> {
				TreeMap<String, VirtualFile> domains = new TreeMap<>();
				files.forEach(file -> domains.putIfAbsent(file.domain(), file));
				for (String domain : domains.keySet()) {
					files.remove(domain, "");
				}
			});
			DeviceKeys.newUnencrypted(phone).keep(phone);
			phone.restart();
			connection.cut();
			throw new EOFException("the device was erased");
		}

		/** Keeps for tests what the host did. */
		private void observe() throws IOException {
			record("observed.max-frame", link.maxFrame() == 0 ? null : Long.toString(link.maxFrame()));
			record("observed.oddities", link.oddities().isEmpty() ? null : String.join("; ", link.oddities()));
		}

		private void record(String setting, @Nullable String value) throws IOException {
			if (value != null && !value.equals(phone.settings().get(setting))) {
				phone.setSetting(setting, value);
			}
		}
	}
}
