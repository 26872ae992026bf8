// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.Models;
import org.keepsake.ios.protocol.internal.Services;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.service.Afc;
import org.keepsake.ios.protocol.internal.service.AfcException;
import org.keepsake.ios.protocol.internal.service.InstallationProxy;
import org.keepsake.ios.protocol.internal.service.SpringBoard;

/**
 * Gathers and writes {@code Info.plist}, by which Finder, iTunes and Apple Devices list a backup. The host writes it;
 * the device reads its product version before a restore. Whatever the device does not tell is left out: a missing icon
 * must not cost a backup. Sources: {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c,
 * mobilebackup_factory_info_plist_new}; {@code doronz88/pymobiledevice3: pymobiledevice3/services/mobilebackup2.py}.
 */
final class InfoPlist {

	private static final System.Logger LOG = System.getLogger(InfoPlist.class.getName());
	private static final String OLDEST_ITUNES = "10.0.1";
	private static final int LONGEST_FILE = 16 << 20;
	/** What the icons, signatures and metadata of all applications may take of memory. */
	private static final long APPLICATIONS_BYTES = 96L << 20;
	private static final String ITUNES_FOLDER = "/iTunes_Control/iTunes/";
	private static final List<String> ITUNES_FILES = List.of("ApertureAlbumPrefs", "IC-Info.sidb", "IC-Info.sidv",
			"PhotosFolderAlbums", "PhotosFolderName", "PhotosFolderPrefs", "VoiceMemos.plist", "iPhotoAlbumPrefs",
			"iTunesApplicationIDs", "iTunesPrefs", "iTunesPrefs.plist");

	private final Services services;
	private final JobMonitor monitor;
	private long applicationBytes;

	InfoPlist(Services services, JobMonitor monitor) {
		this.services = services;
		this.monitor = monitor;
	}

	/** Gathers all of it. */
	Map<String, Object> gather(String udid, Afc afc) throws IOException {
		Dict root = services.ask(lockdown -> lockdown.values(null));
		Map<String, Object> info = new LinkedHashMap<>();
		List<Object> installed = new ArrayList<>();
		info.put("Applications", applications(installed));
		put(info, "Build Version", root.string("BuildVersion"));
		String name = root.string("DeviceName");
		put(info, "Device Name", name);
		put(info, "Display Name", name);
		info.put("GUID", guid());
		put(info, "ICCID", root.string("IntegratedCircuitCardIdentity"));
		put(info, "IMEI", root.string("InternationalMobileEquipmentIdentity"));
		put(info, "IMEI 2", root.string("InternationalMobileEquipmentIdentity2"));
		info.put("Installed Applications", installed);
		info.put("Last Backup Date", Instant.now());
		put(info, "MEID", root.string("MobileEquipmentIdentifier"));
		put(info, "Phone Number", root.string("PhoneNumber"));
		String type = root.string("ProductType");
		put(info, "Product Name", type == null ? null : Models.name(type));
		put(info, "Product Type", type);
		put(info, "Product Version", root.string("ProductVersion"));
		put(info, "Serial Number", root.string("SerialNumber"));
		info.put("Target Identifier", udid);
		info.put("Target Type", "Device");
		info.put("Unique Identifier", udid.toUpperCase(Locale.ROOT));
		put(info, "iBooks Data 2", read(afc, "/Books/iBooksData2.plist"));
		info.put("iTunes Files", iTunesFiles(afc));
		info.put("iTunes Settings", services.ask(lockdown -> lockdown.values("com.apple.iTunes")).toMap());
		Object oldest = services.ask(lockdown -> lockdown.value("com.apple.mobile.iTunes", "MinITunesVersion"));
		info.put("iTunes Version", oldest instanceof String text ? text : OLDEST_ITUNES);
		return info;
	}

	private static void put(Map<String, Object> info, String key, @Nullable Object value) {
		if (value != null) {
			info.put(key, value);
		}
	}

	private static String guid() {
		byte[] random = new byte[16];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().withUpperCase().formatHex(random);
	}

	/** @param installed gets the identifiers of all */
	private Map<String, Object> applications(List<Object> installed) throws IOException {
		Map<String, Map<String, Object>> applications = new LinkedHashMap<>();
		try (InstallationProxy proxy = new InstallationProxy(services.openPlists(InstallationProxy.SERVICE))) {
			proxy.browse(List.of("CFBundleIdentifier", "ApplicationSINF", "iTunesMetadata"),
					application -> keep(application, installed, applications));
		} catch (IOException | UncheckedIOException e) {
			missed("the list of applications", e);
		}
		addIcons(applications);
		return new LinkedHashMap<>(applications);
	}

	/** Only applications from the store have a signature and metadata, and only those can be fetched again. */
	private void keep(Dict application, List<Object> installed, Map<String, Map<String, Object>> applications) {
		String id = application.string("CFBundleIdentifier");
		if (id == null) {
			return;
		}
		installed.add(id);
		byte[] signature = application.data("ApplicationSINF");
		byte[] metadata = application.data("iTunesMetadata");
		if (signature != null && metadata != null && affordable(signature.length + metadata.length)) {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("ApplicationSINF", signature);
			entry.put("iTunesMetadata", metadata);
			applications.put(id, entry);
		}
	}

	private boolean affordable(long bytes) {
		applicationBytes += bytes;
		return applicationBytes <= APPLICATIONS_BYTES;
	}

	private void addIcons(Map<String, Map<String, Object>> applications) throws IOException {
		if (applications.isEmpty()) {
			return;
		}
		try (SpringBoard springBoard = new SpringBoard(services.openPlists(SpringBoard.SERVICE))) {
			for (Map.Entry<String, Map<String, Object>> application : applications.entrySet()) {
				monitor.throwIfCancelled();
				byte[] icon = springBoard.icon(application.getKey());
				if (icon != null && affordable(icon.length)) {
					application.getValue().put("PlaceholderIcon", icon);
				}
			}
		} catch (IOException | UncheckedIOException e) {
			missed("icons", e);
		}
	}

	private Map<String, Object> iTunesFiles(Afc afc) throws IOException {
		Map<String, Object> found = new LinkedHashMap<>();
		for (String name : ITUNES_FILES) {
			put(found, name, read(afc, ITUNES_FOLDER + name));
		}
		return found;
	}

	private byte @Nullable [] read(Afc afc, String path) throws IOException {
		monitor.throwIfCancelled();
		try {
			return afc.info(path).isEmpty() ? null : afc.read(path, LONGEST_FILE);
		} catch (AfcException | PlistException e) {
			return null; // most devices have few of them, and none is worth a backup
		}
	}

	/** Goes on without, unless the job is over. */
	private void missed(String what, Exception failure) throws IOException {
		monitor.throwIfCancelled();
		LOG.log(System.Logger.Level.INFO, "Info.plist is written without {0}", what);
		LOG.log(System.Logger.Level.DEBUG, "because of", failure);
	}

	/** Writes it, in place of an older one. */
	static void write(Map<String, Object> info, TreePath path, HostFiles files) throws IOException {
		try (OutputStream out = new BufferedOutputStream(files.write(path), 1 << 16)) {
			Plist.writeXml(info, out);
		}
	}
}
