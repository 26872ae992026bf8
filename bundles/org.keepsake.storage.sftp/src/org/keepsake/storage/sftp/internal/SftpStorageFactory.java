// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;

import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;

/** Repositories on SFTP servers; how the location is written: {@link SftpLocation}. */
public final class SftpStorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return location.startsWith("sftp:");
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		SftpLocation place = SftpLocation.parse(location).orElseThrow(() -> StorageProblems.LOCATION
				.exception(SftpLocation.withoutPassword(location), SftpLocation.EXAMPLE));
		return new SftpStorage(place, context);
	}
}
