// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.StorageSettings;

/** Repositories on SFTP servers; how the location is written: {@link SftpLocation}. */
public final class SftpStorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return location.startsWith("sftp:");
	}

	@Override
	public List<Setting> settings(String location) {
		List<Setting> all = new ArrayList<>();
		all.add(StorageSettings.password());
		all.add(Setting.file(SftpStorageFactory.class, Topic.SERVER, "identity"));
		all.add(Setting.hidden(SftpStorageFactory.class, "passphrase"));
		all.add(Setting.line(SftpStorageFactory.class, Topic.SERVER, "host-key"));
		all.addAll(StorageSettings.described());
		return all;
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		SftpLocation place = SftpLocation.parse(location).orElseThrow(() -> StorageProblems.LOCATION
				.exception(SftpLocation.withoutPassword(location), SftpLocation.EXAMPLE));
		return new SftpStorage(place, context);
	}
}
