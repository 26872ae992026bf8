// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.StorageSettings;

/**
 * Repositories in an object store that speaks S3: {@code s3:https://HOST/BUCKET/PREFIX}, {@code s3:http://…}, or
 * {@code s3:HOST/BUCKET/PREFIX}. Looks at no class of the library before the first call of a storage.
 */
public final class S3StorageFactory implements StorageFactory {

	@Override
	public boolean accepts(String location) {
		return S3Location.accepts(location);
	}

	@Override
	public List<Setting> settings(String location) {
		List<Setting> all = new ArrayList<>();
		all.add(Setting.line(S3StorageFactory.class, Topic.SERVER, "region"));
		all.add(Setting.line(S3StorageFactory.class, Topic.SERVER, "profile"));
		all.add(Setting.hidden(S3StorageFactory.class, "access-key"));
		all.add(Setting.hidden(S3StorageFactory.class, "secret-key"));
		all.add(Setting.choice(S3StorageFactory.class, Topic.SERVER, "bucket-style", "auto", "path", "virtual"));
		all.add(Setting.choice(S3StorageFactory.class, Topic.SERVER, "checksum", "sha256", "md5"));
		all.addAll(HttpAccess.described());
		all.add(Setting.line(S3StorageFactory.class, Topic.NETWORK, "multipart.size"));
		return all;
	}

	@Override
	public Storage open(String location, Context context) throws IOException {
		S3Location place = S3Location.parse(location);
		StorageSettings settings = new StorageSettings(context);
		S3Options options = S3Options.of(place, settings);
		settings.retries();
		HttpAccess http = new HttpAccess(settings);
		return new S3Storage(new S3Connection(place, options, http, new S3Credentials(settings, context)), options,
				Clock.systemUTC());
	}
}
