// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.testing.MemoryStorage;
import org.keepsake.testing.SettingsContract;

/** Of repositories in any store; what stores add themselves their own tests look at. */
class RepositorySettingsTest extends SettingsContract {

	private static final String LOCATION = "memory:phones";

	private final Storages storages = new Storages(List.of(new MemoryStorage()));

	@Override
	protected List<Setting> described() {
		return new RepositoryTargetFactory().settings(LOCATION, storages);
	}

	@Override
	protected Storages storages() {
		return storages;
	}

	@Override
	protected Closeable open(TargetFactory.Context context) throws IOException {
		return new RepositoryTargetFactory().open(LOCATION, context);
	}
}
