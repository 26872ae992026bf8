// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.content.ContentProfile;
import org.keepsake.virtual.internal.content.FileStore;
import org.keepsake.virtual.internal.wire.DeviceConnection;
import org.keepsake.virtual.internal.wire.PlistFrames;
import org.keepsake.virtual.internal.wire.Traffic;

/** One virtual iPhone whose state lies in a folder. Only one process runs it at a time. Thread-safe. */
public final class VirtualPhone implements Phone, Closeable {

	/** What happens to the device on the outside. */
	public interface Cable {
		/** Pulls it. */
		void unplug(VirtualPhone phone);

		/** Pulls it, and plugs it in again when the device has started. */
		void restart(VirtualPhone phone);
	}

	/** Set by a restore; the device refuses the next one until it has restarted. */
	private static final String AWAITING_REBOOT = "restore.awaiting-reboot";

	private final VirtualOptions options;
	private final StateFolder folder;
	private final FileStore files;
	private final LockdownValues values;
	private final Map<String, String> settings = new LinkedHashMap<>();
	private final DeviceKey key;
	private final Trust trust;
	private final Applications applications;
	private final MediaFolder media;
	private final FileLocks locks = new FileLocks();
	private final Notifications notifications = new Notifications();
	private final Set<DeviceConnection> connections = ConcurrentHashMap.newKeySet();
	private final Cable cable;
	private final Traffic traffic;
	private volatile Faults faults = Faults.NONE;
	private volatile @Nullable FileTime faultsRead;
	private volatile boolean locked;

	/**
	 * Opens the device in its state folder, which is made and filled if there is none.
	 *
	 * @throws IOException if it cannot be read or made, or if another process runs it
	 */
	public static VirtualPhone open(VirtualOptions options, Cable cable) throws IOException {
		StateFolder folder = StateFolder.take(options.state());
		boolean done = false;
		try {
			VirtualPhone phone = new VirtualPhone(options, folder, cable);
			done = true;
			return phone;
		} finally {
			if (!done) {
				folder.close();
			}
		}
	}

	private VirtualPhone(VirtualOptions options, StateFolder folder, Cable cable) throws IOException {
		this.options = options;
		this.folder = folder;
		this.cable = cable;
		traffic = new Traffic(this::cutConnections, () -> cable.unplug(this));
		Map<String, Object> device = PlistFile.read(folder.device());
		boolean fresh = device.isEmpty();
		values = new LockdownValues(fresh ? FirstValues.of(options) : domains(device));
		PlistFrames.dictionary(device, "Settings").forEach((name, value) -> settings.put(name, value.toString()));
		settings.remove(AWAITING_REBOOT); // a start is one
		takeExplicit();
		key = DeviceKey.open(folder.key());
		trust = new Trust(folder.trust(), options.trust());
		applications = new Applications(folder.applications(), options.blank());
		media = new MediaFolder(folder.media());
		files = FileStore.open(folder.path());
		boolean filled = false;
		try {
			if (fresh) {
				fill(options);
			}
			save();
			refreshFaults();
			filled = true;
		} finally {
			if (!filled) {
				files.close();
			}
		}
	}

	/** A first start that was killed is begun again: the device's file is written last. */
	private void fill(VirtualOptions how) throws IOException {
		files.batch(all -> {
			Set<String> domains = new java.util.TreeSet<>();
			all.forEach(file -> domains.add(file.domain()));
			for (String domain : domains) {
				all.remove(domain, "");
			}
		});
		ContentProfile.fill(how, this);
	}

	private static Map<String, Map<String, Object>> domains(Map<String, Object> device) {
		Map<String, Map<String, Object>> domains = new LinkedHashMap<>();
		Map<String, Object> kept = PlistFrames.dictionary(device, "Lockdown");
		kept.keySet().forEach(domain -> domains.put(domain,
				new LinkedHashMap<>(PlistFrames.dictionary(kept, domain))));
		domains.put("", new LinkedHashMap<>(PlistFrames.dictionary(device, "Identity")));
		return domains;
	}

	private void takeExplicit() {
		String udid = options.udid();
		if (udid != null) {
			values.set("", "UniqueDeviceID", udid);
		}
		String name = options.name();
		if (name != null) {
			values.set("", "DeviceName", name);
		}
		String ios = options.ios();
		if (ios != null && !ios.equals(iosVersion())) {
			FirstValues.ofVersion(ios).forEach((value, text) -> values.set("", value, text));
		}
	}

	private synchronized void save() throws IOException {
		Map<String, Object> lockdown = new LinkedHashMap<>(values.kept());
		Map<String, Object> device = new LinkedHashMap<>();
		device.put("Identity", lockdown.remove(""));
		device.put("Lockdown", lockdown);
		device.put("Settings", settings);
		PlistFile.write(folder.device(), device);
	}

	private synchronized String rootText(String name) {
		return values.kept("", name) instanceof String text ? text : "";
	}

	@Override
	public String udid() {
		return rootText("UniqueDeviceID");
	}

	@Override
	public String name() {
		return rootText("DeviceName");
	}

	@Override
	public String iosVersion() {
		return rootText("ProductVersion");
	}

	@Override
	public Path state() {
		return folder.path();
	}

	@Override
	public VirtualFiles files() {
		return files;
	}

	@Override
	public @Nullable Object lockdownValue(@Nullable String domain, @Nullable String name) {
		Map<String, Object> all;
		synchronized (this) {
			all = values.domain(domain == null ? "" : domain, this);
		}
		return name == null || all == null ? all : all.get(name);
	}

	@Override
	public void setLockdownValue(@Nullable String domain, String name, @Nullable Object value) throws IOException {
		synchronized (this) {
			if (values.set(domain == null ? "" : domain, name, value)) {
				save();
			}
		}
	}

	@Override
	public synchronized Map<String, String> settings() {
		return Map.copyOf(settings);
	}

	@Override
	public synchronized void setSetting(String name, @Nullable String value) throws IOException {
		String before = value == null ? settings.remove(name) : settings.put(name, value);
		if (!java.util.Objects.equals(before, value)) {
			save();
		}
	}

	@Override
	public boolean isLocked() {
		return locked && hasPasscode() || faults.has("locked");
	}

	/** Locks or unlocks the screen; without a passcode a locked screen protects nothing. */
	public void lock(boolean lock) {
		locked = lock;
	}

	@Override
	public boolean hasPasscode() {
		return options.passcode();
	}

	@Override
	public boolean fastKeys() {
		return options.fastKeys();
	}

	@Override
	public Faults faults() {
		return faults;
	}

	/** Misbehaves so from now on. */
	public void misbehave(Faults how) throws IOException {
		faults = how;
		traffic.follow(how);
		if (how.has("forget-host")) {
			trust.clear();
		}
	}

	/** Looks whether somebody wrote other faults into the state folder. */
	public void refreshFaults() throws IOException {
		FileTime written = Files.exists(folder.faults()) ? Files.getLastModifiedTime(folder.faults()) : null;
		if (written != null && !written.equals(faultsRead)) {
			faultsRead = written;
			misbehave(Faults.parse(Files.readString(folder.faults()).replace('\n', ',')));
		} else if (written == null && faultsRead != null) {
			faultsRead = null;
			misbehave(Faults.NONE);
		}
	}

	/** The device's key pair. */
	public DeviceKey key() {
		return key;
	}

	/** Whom it trusts. */
	public Trust trust() {
		return trust;
	}

	/** Answers the trust dialog, the one that is there or the next one. */
	public void answerTrust(boolean yes) {
		trust.answer(yes);
		if (yes) {
			post("com.apple.mobile.lockdown.request_pair");
		}
	}

	@Override
	public Applications applications() {
		return applications;
	}

	@Override
	public void post(String notification) {
		notifications.post(notification);
	}

	/** Who waits for notifications. */
	public Notifications notifications() {
		return notifications;
	}

	/** The locks on files of the media area. */
	public FileLocks locks() {
		return locks;
	}

	@Override
	public boolean syncLockHeld() {
		return locks.syncHeld();
	}

	/** The media area. */
	public MediaFolder mediaFolder() {
		return media;
	}

	@Override
	public @Nullable Path media(String afcPath) {
		return media.existing(afcPath);
	}

	@Override
	public void restart() {
		cable.restart(this);
	}

	/** What happens inside the device while it restarts. */
	public void started() throws IOException {
		setSetting(AWAITING_REBOOT, null);
		Path list = media("/iTunesRestore/RestoreApplications.plist");
		if (list != null) {
			applications.restore(list);
			Files.delete(list);
			Files.deleteIfExists(list.getParent());
		}
	}

	@Override
	public void erase() throws IOException {
		trust.clear();
		applications.clear();
		media.clear();
		synchronized (this) {
			settings.clear();
			values.set("com.apple.mobile.backup", "WillEncrypt", null);
			save();
		}
		fill(new VirtualOptions(options.state(), options.udid(), options.name(), options.ios(), options.profile(), 0, 0,
				options.seed(), options.passcode(), options.trust(), true, options.fastKeys()));
		restart();
	}

	@Override
	public long freeBytes() throws IOException {
		long size = 0;
		synchronized (this) {
			size = values.kept("com.apple.disk_usage", "TotalDataCapacity") instanceof Number number
					? number.longValue() : 0;
		}
		long free = Math.max(0, size - 3_000_000_000L - files.totalBytes());
		return faults.number("device-free", free);
	}

	/** Counts what the services send and receive. */
	public Traffic traffic() {
		return traffic;
	}

	/** Remembers a connection, to be cut with all others. */
	public void opened(DeviceConnection connection) {
		connections.add(connection);
	}

	/** Forgets a connection that has ended. */
	public void ended(DeviceConnection connection) {
		connections.remove(connection);
	}

	/** Breaks all connections. */
	public void cutConnections() {
		connections.forEach(DeviceConnection::cut);
	}

	@Override
	public void close() throws IOException {
		cutConnections();
		try {
			files.close();
		} finally {
			folder.close();
		}
	}
}
