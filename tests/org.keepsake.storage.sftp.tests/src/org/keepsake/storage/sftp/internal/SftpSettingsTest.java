// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.testing.SettingsContract;

class SftpSettingsTest extends SettingsContract {

	private static final String LOCATION = "sftp:anna@backup.example:/phones";

	@Override
	protected List<Setting> described() {
		return new SftpStorageFactory().settings(LOCATION);
	}

	@Override
	protected Closeable open(TargetFactory.Context context) throws IOException {
		return new SftpStorageFactory().open(LOCATION, context);
	}
}
