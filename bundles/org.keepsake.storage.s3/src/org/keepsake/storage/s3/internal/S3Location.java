// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageProblems;

/**
 * {@code s3:https://HOST[:PORT]/BUCKET[/PREFIX]}, {@code s3:http://…}, or {@code s3:HOST/BUCKET[/PREFIX]} as restic has
 * it. Credentials in it are refused: locations are shown, logged and kept in settings.
 *
 * @param endpoint scheme, host and port
 * @param prefix   without slashes at its ends; empty for the whole bucket
 */
record S3Location(URI endpoint, String bucket, String prefix) {

	private static final String PREFIX = "s3:";
	private static final String EXAMPLE = "s3:https://s3.example.com/bucket/phones";
	private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
	private static final Pattern AMAZON = Pattern
			.compile("s3(?:[.-](?:dualstack[.])?([a-z]{2}(?:-[a-z0-9]+)+))?[.]amazonaws[.]com(?:[.]cn)?");

	static boolean accepts(String location) {
		return location.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
	}

	static S3Location parse(String location) throws ProblemException {
		String rest = accepts(location) ? location.substring(PREFIX.length()) : "";
		boolean plain = !rest.startsWith("http://") && !rest.startsWith("https://");
		// Without a scheme nothing in it is encoded.
		String address = plain ? "https://" + rest.substring(0, Math.max(0, rest.indexOf('/'))) + "/" : rest;
		try {
			URI uri = new URI(address);
			String path = plain ? rest.substring(Math.max(0, rest.indexOf('/'))) : uri.getPath();
			if (uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null
					&& uri.getRawFragment() == null && path != null) {
				return of(uri, path, location);
			}
		} catch (URISyntaxException e) {
			// Not as a cause: its text is the location's, which may hold a secret.
			throw StorageProblems.LOCATION.exception(withoutSecret(location), EXAMPLE);
		}
		throw StorageProblems.LOCATION.exception(withoutSecret(location), EXAMPLE);
	}

	private static S3Location of(URI uri, String path, String location) throws ProblemException, URISyntaxException {
		String[] parts = path.replaceAll("/+", "/").replaceAll("^/|/$", "").split("/", 2);
		if (!BUCKET.matcher(parts[0]).matches() || path.contains("/../") || path.endsWith("/..")) {
			throw StorageProblems.LOCATION.exception(withoutSecret(location), EXAMPLE);
		}
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		URI endpoint = new URI(scheme, null, uri.getHost().toLowerCase(Locale.ROOT), uri.getPort(), null, null, null);
		return new S3Location(endpoint, parts[0], parts.length > 1 ? parts[1] : "");
	}

	/** Whatever stands before an at sign is not shown. */
	private static String withoutSecret(String location) {
		int at = location.lastIndexOf('@');
		return at < 0 ? location : PREFIX + "…" + location.substring(at);
	}

	/** For a person. */
	String text() {
		return PREFIX + endpoint + "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
	}

	/** Whether it is Amazon's own service. */
	boolean isAmazon() {
		return AMAZON.matcher(endpoint.getHost()).matches();
	}

	/** The region that the host's name says; empty if it says none. */
	String regionOfHost() {
		Matcher matcher = AMAZON.matcher(endpoint.getHost());
		String region = matcher.matches() ? matcher.group(1) : null;
		return region == null ? "" : region;
	}

	/** Services that want the bucket in the host's name where nothing else is set, as restic's client has it. */
	boolean wantsBucketInHost() {
		String host = endpoint.getHost();
		boolean known = isAmazon() || host.endsWith(".aliyuncs.com") || host.equals("storage.googleapis.com");
		// A certificate for *.host covers no dots.
		return known && !bucket.contains(".");
	}
}
