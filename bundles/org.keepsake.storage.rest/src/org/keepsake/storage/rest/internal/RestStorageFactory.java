// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.StorageSettings;

/**
 * Repositories on a server that speaks restic's REST protocol, such as {@code rest-server} and
 * {@code rclone serve restic}: {@code rest:https://[USER@]HOST[:PORT]/PATH/}, or {@code rest:http://…}.
 *
 * <p>
 * The user is the location's, or the setting {@code user}, or the variable {@code RESTIC_REST_USERNAME}; the password is
 * that of the variable {@code RESTIC_REST_PASSWORD} or the secret {@code password}.
 */
public final class RestStorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return RestLocation.accepts(location);
	}

	@Override
	public List<Setting> settings(String location) {
		List<Setting> all = new ArrayList<>();
		all.add(Setting.line(RestStorageFactory.class, Topic.SERVER, "user"));
		all.add(StorageSettings.password());
		all.addAll(HttpAccess.described());
		return all;
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		RestLocation place = RestLocation.parse(location);
		StorageSettings settings = new StorageSettings(context);
		settings.retries();
		return new RestStorage(place, new HttpAccess(settings), new RestCredentials(place, settings, context));
	}
}
