// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;

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
	public Storage open(String location, Context context) throws IOException {
		S3Location place = S3Location.parse(location);
		StorageSettings settings = new StorageSettings(context);
		S3Options options = S3Options.of(place, settings);
		settings.retries();
		HttpAccess http = new HttpAccess(settings);
		return new S3Storage(new S3Connection(place, options, http, new S3Credentials(settings, context)), options);
	}
}
