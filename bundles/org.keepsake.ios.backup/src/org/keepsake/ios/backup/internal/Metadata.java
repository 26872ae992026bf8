// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.internal.crypto.KeyBag;
import org.keepsake.ios.backup.internal.crypto.KeyBagException;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * The three property lists of a backup, read tolerantly: what is missing or damaged is noted and stands for nothing.
 * Immutable.
 */
public final class Metadata {

	/** What became of reading one list. @param flaw null if it is missing or was read */
	record Part(TreePath file, boolean present, @Nullable String flaw, PropertyList list) {
		/** Whether it was read. */
		boolean isRead() {
			return present && flaw == null;
		}
	}

	private static final Set<String> INFO_KEYS = Set.of("Device Name", "Display Name", "Product Type",
			"Product Version", "Last Backup Date", "Target Identifier", "Unique Identifier", "Build Version");
	private static final long MAX_INFO = 512L << 20;
	private static final long MAX_MANIFEST = 64L << 20;
	private static final long MAX_STATUS = 1L << 20;
	private static final Pattern ARCHIVED = Pattern.compile("-\\d{8}-\\d{6}$");
	private static final Pattern OLD_UDID = Pattern.compile("[0-9A-Fa-f]{40}");
	private static final Pattern A_DEVICE = Pattern.compile("[0-9A-Fa-f]{40}|[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{16}");
	private static final int MADE_LENGTH = 48;
	private static final TreePath MANIFEST_DB = new TreePath("Manifest.db");

	final Part info;
	final Part status;
	final Part manifest;
	private final String folder;
	private final long databaseBytes;
	private final long mbdbBytes;

	private Metadata(Part info, Part status, Part manifest, String folder, long databaseBytes, long mbdbBytes) {
		this.info = info;
		this.status = status;
		this.manifest = manifest;
		this.folder = folder;
		this.databaseBytes = databaseBytes;
		this.mbdbBytes = mbdbBytes;
	}

	/** Reads what is there. @throws IOException if the tree fails */
	public static Metadata read(BackupTree tree) throws IOException {
		return new Metadata(part(tree, "Info.plist", MAX_INFO, INFO_KEYS::contains),
				part(tree, "Status.plist", MAX_STATUS, key -> true),
				part(tree, "Manifest.plist", MAX_MANIFEST, key -> !key.equals("Applications")), tree.name(),
				length(tree, MANIFEST_DB), length(tree, MbdbIndex.FILE));
	}

	private static Part part(BackupTree tree, String name, long maxBytes, Predicate<String> wanted)
			throws IOException {
		TreePath path = new TreePath(name);
		Optional<TreeEntry> entry = tree.stat(path);
		if (entry.isEmpty()) {
			return new Part(path, false, null, PropertyList.EMPTY);
		}
		try (InputStream in = Channels.newInputStream(tree.open(path))) {
			return new Part(path, true, null, PropertyList.read(in, maxBytes, wanted));
		} catch (PlistException e) {
			return new Part(path, true, Texts.text("plist.unreadable", String.valueOf(e.getMessage())),
					PropertyList.EMPTY);
		} catch (TreeException e) {
			return switch (e.reason()) {
				case NOT_FOUND -> new Part(path, false, null, PropertyList.EMPTY);
				case IS_A_DIRECTORY, LINK -> new Part(path, true, Texts.text("file.no-file"), PropertyList.EMPTY);
				default -> throw e;
			};
		}
	}

	private static long length(BackupTree tree, TreePath path) throws IOException {
		return tree.stat(path).filter(TreeEntry::isFile).map(TreeEntry::sizeBytes).orElse(-1L);
	}

	/** Whether anything here belongs to a backup. */
	public boolean isBackup() {
		return info.present() || status.present() || manifest.present() || hasDatabase() || hasMbdb();
	}

	/** Whether the index of iOS 10 and later is there. */
	boolean hasDatabase() {
		return databaseBytes >= 0;
	}

	/** Whether the index of iOS 4 to 9 is there. */
	boolean hasMbdb() {
		return mbdbBytes >= 0;
	}

	/** Length of {@code Manifest.db}; negative if there is none. */
	long databaseBytes() {
		return databaseBytes;
	}

	/** Whether an index is there that is not empty. */
	boolean hasIndex() {
		return databaseBytes > 0 || mbdbBytes > 0;
	}

	/** The state that {@code Status.plist} records; empty if there is none. */
	public String snapshotState() {
		return status.list().string("SnapshotState");
	}

	/** Whether the device said that it finished. */
	public boolean isFinished() {
		return snapshotState().equals("finished");
	}

	/** Whether a password protects it. */
	public boolean isEncrypted() {
		return Boolean.TRUE.equals(manifest.list().bool("IsEncrypted"));
	}

	/** The wrapped key of the index; null if the index is in clear. */
	byte @Nullable [] manifestKey() {
		return manifest.list().data("ManifestKey");
	}

	/** The key bag. @throws KeyBagException if there is none, or it is damaged */
	public KeyBag keyBag() throws KeyBagException {
		byte[] bytes = manifest.list().data("BackupKeyBag");
		if (bytes == null) {
			throw new KeyBagException("there is none");
		}
		return KeyBag.parse(bytes);
	}

	/** What the backup says of itself, with the given measures. */
	public BackupSummary summary(long sizeBytes, long files) {
		PropertyList lockdown = manifest.list().dict("Lockdown");
		String name = first(info.list().string("Device Name"), info.list().string("Display Name"),
				lockdown.string("DeviceName"));
		String product = first(lockdown.string("ProductType"), info.list().string("Product Type"));
		String version = first(lockdown.string("ProductVersion"), info.list().string("Product Version"));
		return new BackupSummary(udid(lockdown), name, product, version.isEmpty() ? null : new IosVersion(version),
				isFinished() ? finishedAt() : null, sizeBytes, files, isEncrypted(),
				isFinished() && manifest.isRead() && hasIndex());
	}

	private @Nullable Instant finishedAt() {
		Instant finished = status.list().date("Date");
		if (finished == null) {
			finished = manifest.list().date("Date");
		}
		return finished == null ? info.list().date("Last Backup Date") : finished;
	}

	/* A device's folder has the device's identifier for its name, unless somebody renamed it. */
	private Udid udid(PropertyList lockdown) {
		String named = ARCHIVED.matcher(folder).replaceFirst("");
		String unique = info.list().string("Unique Identifier");
		for (String candidate : new String[] { info.list().string("Target Identifier"),
				lockdown.string("UniqueDeviceID"), A_DEVICE.matcher(named).matches() ? named : "",
				OLD_UDID.matcher(unique).matches() ? unique.toLowerCase(Locale.ROOT) : unique, named }) {
			if (Udid.isValid(candidate)) {
				return new Udid(candidate);
			}
		}
		return madeOf(folder);
	}

	/** A stable name for the device of a backup that names none, and that no other such backup has. */
	private static Udid madeOf(String folder) {
		String digest = HexFormat.of().formatHex(FileIds.sha1().digest(folder.getBytes(StandardCharsets.UTF_8)), 0, 4);
		String spelled = folder.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "");
		String start = spelled.substring(0, Math.min(spelled.length(), MADE_LENGTH)).replaceFirst("-$", "");
		return new Udid((start.isEmpty() ? "unnamed" : start) + '-' + digest);
	}

	private static String first(String... texts) {
		for (String text : texts) {
			if (!text.isEmpty()) {
				return text;
			}
		}
		return "";
	}
}
