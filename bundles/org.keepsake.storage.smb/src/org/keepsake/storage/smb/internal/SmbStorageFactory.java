// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;

import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;

/** Repositories on SMB shares; how the location is written: {@link SmbLocation}. */
public final class SmbStorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return location.startsWith("smb:");
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		SmbLocation place = SmbLocation.parse(location).orElseThrow(() -> StorageProblems.LOCATION
				.exception(SmbLocation.withoutPassword(location), SmbLocation.EXAMPLE));
		return new SmbStorage(place, context);
	}
}
