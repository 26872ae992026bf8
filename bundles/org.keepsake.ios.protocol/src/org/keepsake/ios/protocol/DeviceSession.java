// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.ios.protocol.internal.Description;
import org.keepsake.ios.protocol.internal.Failures;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.Texts;
import org.keepsake.ios.protocol.internal.backup.Mobilebackup2;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.service.DiagnosticsRelay;
import org.keepsake.ios.protocol.internal.service.Heartbeat;
import org.keepsake.ios.protocol.internal.service.InstallationProxy;
import org.keepsake.ios.protocol.internal.wire.PlistWire;

/** A validated session with a paired device, and what can be done in it. Used by one thread at a time. */
public final class DeviceSession implements Closeable {

	private static final System.Logger LOG = System.getLogger(DeviceSession.class.getName());

	private final Services services;
	private @Nullable Heartbeat heartbeat;

	/** On services whose session has proven the pairing. */
	DeviceSession(Services services) {
		this.services = services;
		if (services.device().connection() == ConnectionType.NETWORK) {
			startHeartbeat();
		}
	}

	/** Over Wi-Fi the device drops every connection if nobody answers its heartbeat. */
	private void startHeartbeat() {
		try {
			heartbeat = new Heartbeat(services.openPlists(Heartbeat.SERVICE));
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "No heartbeat; the multiplexer may keep one", e);
		}
	}

	/** What the device says, read anew. */
	public DeviceDetails details() throws IOException {
		return Failures.guard("describing", JobMonitor.NONE, this::read);
	}

	private DeviceDetails read() throws IOException {
		Description description = services.ask(lockdown -> Description.inSession(services.device(), lockdown));
		return description.passcode(passcode()).details();
	}

	/** Whether the device has a passcode; null where it does not say, as newer systems do. */
	private @Nullable Boolean passcode() {
		PlistWire wire;
		try {
			wire = services.openPlists(DiagnosticsRelay.SERVICE);
		} catch (IOException e) {
			return null;
		}
		wire.wire().readTimeout(services.timing().optional());
		try (DiagnosticsRelay relay = new DiagnosticsRelay(wire)) {
			Dict answer = relay.mobileGestalt("PasswordConfigured");
			return answer.bool("PasswordConfigured");
		} catch (IOException e) {
			return null;
		}
	}

	/** The applications a person installed, for lists and for {@code Info.plist}. */
	public List<InstalledApplication> applications(JobMonitor monitor) throws IOException {
		return cancellable("applications", monitor, this::browse);
	}

	private List<InstalledApplication> browse() throws IOException {
		List<InstalledApplication> found = new ArrayList<>();
		try (InstallationProxy proxy = new InstallationProxy(services.openPlists(InstallationProxy.SERVICE))) {
			proxy.browse(List.of("CFBundleIdentifier", "CFBundleDisplayName", "CFBundleName",
					"CFBundleShortVersionString", "CFBundleVersion"), application -> {
						String id = application.string("CFBundleIdentifier");
						if (id != null) {
							found.add(application(id, application));
						}
					});
		}
		found.sort(Comparator.comparing(InstalledApplication::name, String.CASE_INSENSITIVE_ORDER));
		return found;
	}

	private static InstalledApplication application(String id, Dict values) {
		String name = values.string("CFBundleDisplayName", values.string("CFBundleName", ""));
		String version = values.string("CFBundleShortVersionString", values.string("CFBundleVersion", ""));
		return new InstalledApplication(id, name.isBlank() ? id : name, version);
	}

	/**
	 * Lets the device back itself up into the files: takes the sync lock, writes {@code Info.plist}, sends the request
	 * and serves the device until its final answer. Returns only if the device reported success, and its own
	 * {@code Status.plist} says that the backup is finished.
	 */
	public TransferResult backup(BackupOptions options, HostFiles files, JobMonitor monitor) throws IOException {
		return cancellable("backup", monitor, () -> requests(monitor).backup(options, files));
	}

	/** Lets the device restore itself from the files, which hold the backup's folder under {@code sourceFolder}. */
	public TransferResult restore(RestoreOptions options, HostFiles files, JobMonitor monitor) throws IOException {
		return cancellable("restore", monitor, () -> requests(monitor).restore(options, files));
	}

	/** Sets (no old one), removes (no new one) or changes the backup password; waits for the passcode on the device. */
	public void changeBackupPassword(@Nullable Secret oldPassword, @Nullable Secret newPassword, JobMonitor monitor)
			throws IOException {
		if (oldPassword == null && newPassword == null) {
			throw new IllegalArgumentException("There is no password to set, to remove or to change");
		}
		cancellable("password", monitor, () -> {
			requests(monitor).changePassword(oldPassword, newPassword);
			return services;
		});
	}

	/**
	 * What the device says of a backup, as text. Systems before iOS 10 answer; later ones fail.
	 *
	 * @param sourceFolder name of the backup's folder in the files
	 */
	public String backupInfo(String sourceFolder, HostFiles files, JobMonitor monitor) throws IOException {
		return cancellable("question", monitor, () -> requests(monitor).question("Info", sourceFolder, files));
	}

	/**
	 * The files of a backup as the device lists them, as comma-separated values. Systems before iOS 10 answer; later
	 * ones fail.
	 *
	 * @param sourceFolder name of the backup's folder in the files
	 */
	public String backupList(String sourceFolder, HostFiles files, JobMonitor monitor) throws IOException {
		return cancellable("question", monitor, () -> requests(monitor).question("List", sourceFolder, files));
	}

	/** Switches iCloud Backup on the device. */
	public void enableCloudBackup(boolean on, JobMonitor monitor) throws IOException {
		cancellable("question", monitor, () -> {
			requests(monitor).enableCloudBackup(on);
			return services;
		});
	}

	/** Switches Wi-Fi sync on the device; the device advertises itself a moment later. */
	public void enableWifi(boolean on) throws IOException {
		Failures.guard("describing", JobMonitor.NONE, () -> services.ask(lockdown -> {
			lockdown.setValue("com.apple.mobile.wireless_lockdown", "EnableWifiConnections", on);
			return services;
		}));
	}

	/** Erases the device: all content and settings. There is no way back. */
	public void erase(JobMonitor monitor) throws IOException {
		cancellable("erase", monitor, () -> {
			requests(monitor).erase();
			return services;
		});
	}

	private Mobilebackup2 requests(JobMonitor monitor) throws IOException {
		monitor.report(new JobEvent.Phase("connecting", Texts.of("phase.connecting")));
		return new Mobilebackup2(services, read(), monitor);
	}

	/** Talks; cancelling breaks what waits meanwhile. */
	private <T> T cancellable(String doing, JobMonitor monitor, Failures.Talk<T> talk) throws IOException {
		try (JobMonitor.Registration _ = monitor.onCancel(() -> services.abort(Services.Use.ASKING))) {
			return Failures.guard(doing, monitor, talk);
		}
	}

	@Override
	public void close() throws IOException {
		Heartbeat beating = heartbeat;
		if (beating != null) {
			beating.close();
		}
		services.close();
	}
}
