// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.testing.SettingsContract;

class S3SettingsTest extends SettingsContract {

	private static final String LOCATION = "s3:https://s3.example/bucket/phones";

	@Override
	protected List<Setting> described() {
		return new S3StorageFactory().settings(LOCATION);
	}

	/** Credentials are looked for when they are needed. */
	@Override
	protected Set<String> readLater() {
		return Set.of("profile");
	}

	@Override
	protected Closeable open(TargetFactory.Context context) throws IOException {
		return new S3StorageFactory().open(LOCATION, context);
	}
}
