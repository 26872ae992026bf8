// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * Looks at what the host holds and decides how to back up.
 *
 * <p>
 * Full: the host holds nothing that can be continued. Incremental: it holds a finished backup made with this device's key
 * bag. Resume: it holds what this device was in the middle of.
 */
final class HostSurvey {

	/** How to back up. */
	sealed interface Plan {
	}

	/** Everything, and whether something older may lie around. */
	record Full(boolean leftovers) implements Plan {
	}

	/** What has changed since the manifest in the device's file {@code base.db}. */
	record Incremental(Path base) implements Plan {
	}

	/** Going on with uploading, over the manifest that was there before, if any. */
	record Uploading(String uuid, @Nullable Path base) implements Plan {
	}

	/** Completing a run whose uploads are all there. */
	record Committing(String uuid, boolean full) implements Plan {
	}

	/** An old layout, to be moved out of the way. */
	record Outdated() implements Plan {
	}

	static final int MAX_PLIST = 64 << 20;

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;
	private final DeviceKeys keys;
	private final Path folder;
	private final Memory run;
	private final Memory remembered;

	HostSurvey(Phone phone, HostLink link, Layout layout, DeviceKeys keys) throws IOException {
		this.phone = phone;
		this.link = link;
		this.layout = layout;
		this.keys = keys;
		folder = Memory.folder(phone);
		run = new Memory(phone, "run");
		remembered = remembered(phone, layout);
	}

	/** What the device remembers of the last backup in a folder: the digests of what it gave. */
	static Memory remembered(Phone phone, Layout layout) throws IOException {
		return new Memory(phone,
				"remembered-" + Digests.hex(layout.folder().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
	}

	/**
	 * Asks the host for what it holds.
	 *
	 * @throws BackupFailure 205 if what it holds is not what the device gave
	 */
	Plan decide() throws IOException {
		byte[] status = link.fetch(layout.status(), MAX_PLIST);
		Map<String, Object> fields = readable(status);
		if (status == null || fields == null) {
			return new Full(status != null);
		}
		String version = fields.get("Version") instanceof String text ? text : "0";
		if (!Versions.atLeast(version, "2.4") || Versions.atLeast(version, "4.0")) {
			return new Full(true);
		}
		if (layout.sharded() && !Versions.atLeast(version, "3.3")) {
			return new Outdated();
		}
		String state = fields.get("SnapshotState") instanceof String text ? text : "";
		String uuid = fields.get("UUID") instanceof String text ? text : "";
		return switch (state) {
			case Metadata.FINISHED -> finished(status);
			case Metadata.UPLOADING -> mine(uuid) ? new Uploading(uuid, base(null)) : new Full(true);
			case Metadata.MOVING, Metadata.REMOVING -> mine(uuid) && Metadata.MOVING.equals(run.text("Phase"))
					? new Committing(uuid, Boolean.TRUE.equals(run.recall().get("Full")))
					: new Full(true);
			default -> new Full(true);
		};
	}

	private static @Nullable Map<String, Object> readable(byte @Nullable [] plist) {
		try {
			return plist == null || plist.length == 0 ? null : Plists.readMap(plist);
		} catch (PlistException e) {
			return null;
		}
	}

	/** Whether the device remembers the run and its keys are still the same. */
	private boolean mine(String uuid) throws IOException {
		return uuid.equals(run.text("UUID")) && layout.folder().equals(run.text("Folder"))
				&& Digests.hex(keys.bag().encoded()).equals(run.text("KeyBag"));
	}

	private Plan finished(byte[] status) throws IOException {
		boolean known = Digests.hex(status).equals(remembered.text("Status"));
		Path base = base(known ? remembered : null);
		return base == null ? new Full(true) : new Incremental(base);
	}

	/**
	 * The host's manifest, decrypted into a file of the device; null if a new backup can not be built upon it.
	 *
	 * @param expected what it must be, if the device knows
	 */
	private @Nullable Path base(@Nullable Memory expected) throws IOException {
		byte[] plist = link.fetch(layout.manifestPlist(), MAX_PLIST);
		if (expected != null && (plist == null || plist.length == 0)) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Invalid or missing Manifest.plist: underlying error 11");
		}
		Map<String, Object> fields = readable(plist);
		if (plist == null || fields == null) {
			return null;
		}
		check(expected, "ManifestPlist", Digests.hex(plist));
		Path raw = folder.resolve("host-manifest");
		if (!link.fetch(layout.manifest(), raw)) {
			if (expected != null) {
				throw new BackupFailure(BackupFailure.CORRUPT, layout.manifestName() + " is missing");
			}
			return null;
		}
		if (expected != null) {
			check(expected, "Manifest", Digests.hex(raw));
		}
		if (!sameKeys(fields)) {
			return null;
		}
		try {
			return ManifestFiles.unpack(phone, fields, new FileKeys(keys.classKeys()), raw, folder.resolve("base.db"));
		} catch (BackupFailure e) {
			link.odd("manifest of the host: " + e.getMessage());
			return null;
		}
	}

	private static void check(@Nullable Memory expected, String what, String digest) throws IOException {
		if (expected != null && !digest.equals(expected.text(what))) {
			throw new BackupFailure(BackupFailure.CORRUPT, what + " is not what this device gave");
		}
	}

	private boolean sameKeys(Map<String, Object> manifest) {
		try {
			return manifest.get("BackupKeyBag") instanceof byte[] bag && KeyBag.parse(bag).sameAs(keys.bag())
					&& Boolean.valueOf(keys.encrypted()).equals(manifest.get("IsEncrypted"));
		} catch (BackupFailure e) {
			return false;
		}
	}
}
