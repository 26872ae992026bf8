// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

/** Repositories on SMB shares; how the location is written: {@link SmbLocation}. */
public final class SmbStorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return location.startsWith("smb:");
	}

	@Override
	public List<Setting> settings(String location) {
		List<Setting> all = new ArrayList<>();
		all.add(StorageSettings.password());
		all.add(Setting.choice(SmbStorageFactory.class, Topic.SERVER, "encryption", "wanted", "required", "off"));
		all.add(Setting.flag(SmbStorageFactory.class, Topic.SERVER, "guest"));
		all.addAll(StorageSettings.described());
		return all;
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		SmbLocation place = SmbLocation.parse(location).orElseThrow(() -> StorageProblems.LOCATION
				.exception(SmbLocation.withoutPassword(location), SmbLocation.EXAMPLE));
		return new SmbStorage(place, context);
	}
}
