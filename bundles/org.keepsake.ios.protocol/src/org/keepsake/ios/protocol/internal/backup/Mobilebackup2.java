// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.RestoreOptions;
import org.keepsake.ios.protocol.TransferResult;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.Texts;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.service.Afc;

/**
 * The requests of mobilebackup2, each in a conversation of its own. Source:
 * {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c}. Used by one thread.
 */
public final class Mobilebackup2 {

	private static final System.Logger LOG = System.getLogger(Mobilebackup2.class.getName());
	private static final String RESTORE_FOLDER = "/iTunesRestore";
	private static final String RESTORE_APPLICATIONS = RESTORE_FOLDER + "/RestoreApplications.plist";
	private static final String SOURCE = "SourceIdentifier";

	private final Services services;
	private final String udid;
	private final DeviceDetails details;
	private final JobMonitor monitor;

	/** @param details what the device said of itself a moment ago */
	public Mobilebackup2(Services services, DeviceDetails details, JobMonitor monitor) {
		this.services = services;
		this.udid = details.udid().value();
		this.details = details;
		this.monitor = monitor;
	}

	private Map<String, Object> request(String name) {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("MessageName", name);
		request.put("TargetIdentifier", udid);
		return request;
	}

	/** A full or incremental backup; returns if the device and its status file say that it is finished. */
	public TransferResult backup(BackupOptions options, HostFiles files) throws IOException {
		Tally tally = Tally.ofBackup(monitor);
		tally.phase("preparing");
		HostTrouble trouble = new HostTrouble(this::isOwn);
		HostBackup backup = new HostBackup(files, folder(udid));
		try (Conversation conversation = Conversation.open(services, monitor)) {
			tally.phase("applications");
			Map<String, Object> info = new InfoPlist(services, monitor).gather(udid, conversation.media());
			Map<String, Object> request = request("Backup");
			request.put(SOURCE, udid);
			local(trouble, () -> {
				boolean poisoned = backup.clearPoison();
				if (poisoned || options.forceFull()) {
					request.put("Options", Map.of("ForceFullBackup", Boolean.TRUE));
				}
				InfoPlist.write(info, backup.info(), files);
			});
			tally.phase("waiting");
			announcePasscode(conversation, 16, 1);
			checkBackup(conversation.run(request, files, trouble, tally), trouble);
			tally.phase("finishing");
		}
		Dict status = backup.status();
		if (status == null || !HostBackup.isFinished(status)) {
			throw DeviceProblems.UNFINISHED.exception();
		}
		return result(tally, status.bool("IsFullBackup"));
	}

	/** Something done to the files on this side. */
	private interface Local {
		void run() throws IOException;
	}

	private static void local(HostTrouble trouble, Local operation) throws IOException {
		try {
			operation.run();
		} catch (IOException e) {
			trouble.writeFailed(e);
			trouble.throwIfWriteFailed();
		}
	}

	private static TreePath folder(String name) throws ProblemException {
		TreePath folder = TreePath.parse(name);
		if (folder.isRoot() || name.indexOf('/') >= 0) {
			throw TreePath.REFUSED.exception(name);
		}
		return folder;
	}

	/** The device's folder, and its copies with a date or another ending behind the identifier. */
	private boolean isOwn(String folder) {
		String lower = folder.toLowerCase(Locale.ROOT);
		return lower.startsWith(udid.toLowerCase(Locale.ROOT));
	}

	private void checkBackup(Dict response, HostTrouble trouble) throws IOException {
		long code = response.integer("ErrorCode", 0);
		String said = response.string("ErrorDescription", "");
		if (code == 207 && Boolean.FALSE.equals(details.encryption())) {
			throw DeviceProblems.ENCRYPTION_DEMANDED.exception(said + " (207)");
		}
		if (code == 105 && trouble.wantedBytes() > 0) {
			throw DeviceProblems.HOST_DISK_FULL
					.exception(Texts.of("disk.wanted", trouble.wantedBytes() / 1e9) + " (105)");
		}
		check(response, false);
	}

	private void check(Dict response, boolean restoring) throws IOException {
		Long code = response.integer("ErrorCode");
		if (code != null && code == 208 && !services.hasEscrowBag()) {
			throw DeviceProblems.ESCROW_MISSING.exception(response.string("ErrorDescription", "208"));
		}
		Verdict.check(response, restoring);
	}

	private TransferResult result(Tally tally, @Nullable Boolean full) {
		tally.report();
		return new TransferResult(tally.filesReceived(), tally.bytesReceived(), tally.filesSent(), tally.bytesSent(),
				full, tally.errors());
	}

	/** Systems from the given one on ask for the passcode; the notification that they do comes only from newer ones. */
	private void announcePasscode(Conversation conversation, int major, int minor) {
		IosVersion known = details.iosVersion();
		if (known == null || Boolean.FALSE.equals(details.passcodeSet())) {
			return;
		}
		boolean asks = known.isAtLeast(major, minor) || known.major() == 15 && known.isAtLeast(15, 7);
		if (asks) {
			conversation.notice("device.may-ask-passcode", false);
		}
	}

	/** A restore; returns if the device reported success, even if it restarts before it says goodbye. */
	public TransferResult restore(RestoreOptions options, HostFiles files) throws IOException {
		Tally tally = new Tally(monitor);
		tally.phase("preparing");
		HostBackup backup = new HostBackup(files, folder(options.sourceFolder()));
		if (!HostBackup.isFinished(backup.status()) || !backup.hasManifest()) {
			throw DeviceProblems.BACKUP_MISSING.exception("");
		}
		HostTrouble trouble = new HostTrouble(name -> isOwn(name) || name.startsWith(options.sourceFolder()));
		try (Conversation conversation = Conversation.open(services, monitor)) {
			boolean restored = false;
			boolean applications = writeApplications(backup, conversation.media());
			try {
				tally.phase("waiting");
				announcePasscode(conversation, 13, 0);
				check(conversation.run(request(options), files, trouble, tally), true);
				tally.phase("finishing");
				restored = true;
			} finally {
				if (applications && !restored) {
					removeApplications(conversation.media());
				}
			}
		}
		return result(tally, null);
	}

	private Map<String, Object> request(RestoreOptions options) {
		Map<String, Object> wishes = new LinkedHashMap<>();
		wishes.put("RestoreShouldReboot", options.reboot());
		wishes.put("RestoreDontCopyBackup", !options.copyFirst());
		wishes.put("RestorePreserveSettings", options.keepSettings());
		wishes.put("RestoreSystemFiles", options.systemFiles());
		wishes.put("RemoveItemsNotRestored", options.removeOthers());
		putSecret(wishes, "Password", options.password());
		Map<String, Object> request = request("Restore");
		request.put(SOURCE, options.sourceFolder());
		request.put("Options", wishes);
		return request;
	}

	private static void putSecret(Map<String, Object> request, String key, @Nullable Secret secret) {
		if (secret != null) {
			request.put(key, new String(secret.revealCharacters()));
		}
	}

	/** Leaves the list by which the device fetches its applications from the store again. */
	private static boolean writeApplications(HostBackup backup, Afc media) throws IOException {
		Dict description = backup.description();
		Dict applications = description == null ? null : description.dict("Applications");
		if (applications == null) {
			return false;
		}
		media.makeDirectory(RESTORE_FOLDER);
		media.write(RESTORE_APPLICATIONS, Plist.xml(applications.toMap()));
		return true;
	}

	private static void removeApplications(Afc media) {
		try {
			media.remove(RESTORE_APPLICATIONS);
			media.remove(RESTORE_FOLDER);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "The list of applications stays on the device", e);
		}
	}

	/** Sets, removes or changes the backup password. */
	public void changePassword(@Nullable Secret oldPassword, @Nullable Secret newPassword) throws IOException {
		Map<String, Object> request = request("ChangePassword");
		putSecret(request, "OldPassword", oldPassword);
		putSecret(request, "NewPassword", newPassword);
		try (Conversation conversation = Conversation.open(services, monitor)) {
			announcePasscode(conversation, 13, 0);
			check(run(conversation, request, new NoFiles()), false);
		}
	}

	private Dict run(Conversation conversation, Map<String, ?> request, HostFiles files) throws IOException {
		Tally tally = new Tally(monitor);
		tally.phase("waiting");
		return conversation.run(request, files, new HostTrouble(this::isOwn), tally);
	}

	/**
	 * What the device says of a backup ({@code Info}) or of its files ({@code List}). Devices from iOS 10 on fail.
	 *
	 * @param name {@code Info} or {@code List}
	 */
	public String question(String name, String sourceFolder, HostFiles files) throws IOException {
		Map<String, Object> request = request(name);
		request.put(SOURCE, sourceFolder);
		try (Conversation conversation = Conversation.open(services, monitor)) {
			Dict response = run(conversation, request, files);
			check(response, false);
			return response.string("Content", "");
		}
	}

	/** Switches iCloud Backup on the device. */
	public void enableCloudBackup(boolean on) throws IOException {
		Map<String, Object> request = request("EnableCloudBackup");
		request.put("CloudBackupState", on);
		request.put("Options", Map.of("CloudBackupState", on));
		try (Conversation conversation = Conversation.open(services, monitor)) {
			check(run(conversation, request, new NoFiles()), false);
		}
	}

	/** Erases the device: it breaks the connection rather than to answer. */
	public void erase() throws IOException {
		try (Conversation conversation = Conversation.open(services, monitor)) {
			Dict response;
			try {
				response = run(conversation, request("EraseDevice"), new NoFiles());
			} catch (java.io.EOFException | java.net.SocketException e) {
				monitor.throwIfCancelled();
				return;
			}
			check(response, false);
		}
	}
}
