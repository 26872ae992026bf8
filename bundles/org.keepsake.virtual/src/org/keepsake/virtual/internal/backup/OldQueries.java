// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.keepsake.virtual.internal.phone.Phone;

/**
 * Requests about a backup's content that devices before iOS 10 answered. Since then the code is still there and finds no
 * {@code Manifest.mbdb}, so that every such request ends with 205, or 4 for a single file.
 */
final class OldQueries {

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;

	OldQueries(Phone phone, HostLink link, String folder) {
		this.phone = phone;
		this.link = link;
		layout = new Layout(folder, false);
	}

	/** Answers a request by the content of the final message. */
	void answer(String name, Map<String, Object> request, Map<String, Object> response) throws IOException {
		byte[] status = link.fetch(layout.status(), HostSurvey.MAX_PLIST);
		byte[] plist = link.fetch(layout.manifestPlist(), HostSurvey.MAX_PLIST);
		if (status == null || plist == null) {
			throw new BackupFailure(BackupFailure.NO_BACKUP, "Backup does not exist");
		}
		Path raw = Memory.folder(phone).resolve("host-manifest");
		if (!link.fetch(layout.manifest(), raw)) {
			throw name.equals("Extract") ? new BackupFailure(BackupFailure.NOT_FOUND, "Manifest.mbdb not found")
					: new BackupFailure(BackupFailure.CORRUPT, "Manifest.mbdb not found");
		}
		Map<String, Object> fields = Plists.readMap(plist);
		switch (name) {
			case "Info" -> response.put("Content", info(fields));
			case "List" -> response.put("Content", list(fields, raw));
			default -> throw new BackupFailure(BackupFailure.NOT_FOUND, name + " is not offered by this device");
		}
	}

	private static String info(Map<String, Object> fields) {
		StringBuilder text = new StringBuilder();
		for (String key : new String[] { "Version", "Date", "IsEncrypted", "WasPasscodeSet" }) {
			text.append(key).append(": ").append(fields.get(key)).append('\n');
		}
		return text.toString();
	}

	private String list(Map<String, Object> fields, Path raw) throws IOException {
		Path file = Memory.folder(phone).resolve("list.db");
		StringBuilder text = new StringBuilder("Domain,Path,Size\n");
		ManifestFiles.unpack(phone, fields, new FileKeys(DeviceKeys.of(phone).classKeys()), raw, file);
		try (ManifestDb manifest = ManifestDb.open(file)) {
			manifest.forEach("1", "domain, relativePath",
					row -> text.append(row.domain()).append(',').append(row.path())
							.append(',').append(MbFile.decode(row.file()).size()).append('\n'));
		}
		return text.toString();
	}
}
