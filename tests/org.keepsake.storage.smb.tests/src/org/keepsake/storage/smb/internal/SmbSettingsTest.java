// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.testing.SettingsContract;

class SmbSettingsTest extends SettingsContract {

	private static final String LOCATION = "smb://anna@nas.example/share";

	@Override
	protected List<Setting> described() {
		return new SmbStorageFactory().settings(LOCATION);
	}

	@Override
	protected Closeable open(TargetFactory.Context context) throws IOException {
		return new SmbStorageFactory().open(LOCATION, context);
	}
}
