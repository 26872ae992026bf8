// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.util.Optional;

import org.keepsake.core.ProblemException;
import org.keepsake.storage.base.StorageSettings;

/**
 * The settings of an object store.
 *
 * @param region       setting {@code region}, else AWS_REGION or AWS_DEFAULT_REGION, else what the host's name says;
 *                     empty to ask the service
 * @param bucketInHost setting {@code bucket-style}: {@code virtual}, {@code path}, or {@code auto}
 * @param partBytes    setting {@code multipart.size} in MiB: larger blobs go in parts of that size
 * @param md5          setting {@code checksum}: {@code sha256}, or {@code md5} for services that know nothing else
 */
record S3Options(Optional<String> region, boolean bucketInHost, long partBytes, boolean md5) {

	private static final long MIB = 1 << 20;

	static S3Options of(S3Location location, StorageSettings settings) throws ProblemException {
		Optional<String> region = settings.text("region").or(() -> settings.variable("AWS_REGION"))
				.or(() -> settings.variable("AWS_DEFAULT_REGION"))
				.or(() -> Optional.of(location.regionOfHost()).filter(name -> !name.isEmpty()));
		if (region.isPresent() && !region.get().matches("[A-Za-z0-9-]{1,63}")) {
			throw StorageSettings.SETTING.exception("region", "eu-central-1");
		}
		boolean inHost = switch (settings.text("bucket-style").orElse("auto")) {
			case "auto" -> location.wantsBucketInHost();
			case "virtual" -> true;
			case "path" -> false;
			default -> throw StorageSettings.SETTING.exception("bucket-style", "path");
		};
		boolean md5 = switch (settings.text("checksum").orElse("sha256")) {
			case "sha256" -> false;
			case "md5" -> true;
			default -> throw StorageSettings.SETTING.exception("checksum", "sha256");
		};
		return new S3Options(region, inHost, settings.number("multipart.size", 64, 5, 5120) * MIB, md5);
	}
}
