// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.HttpFaults;
import org.keepsake.storage.base.Retries;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Calls the service: with keys, in the bucket's region, trying again what can pass. What the library throws becomes an
 * {@link S3Refusal} or the failure of the connection. Thread-safe.
 */
final class S3Connection implements AutoCloseable {

	private static final String FIRST_REGION = "us-east-1";

	private final S3Location location;
	private final S3Options options;
	private final HttpAccess http;
	private final S3Credentials credentials;
	private @Nullable AwsCredentialsProvider keys;
	private @Nullable S3Client client;
	private volatile String region;

	S3Connection(S3Location location, S3Options options, HttpAccess http, S3Credentials credentials) {
		this.location = location;
		this.options = options;
		this.http = http;
		this.credentials = credentials;
		this.region = options.region().orElse(FIRST_REGION);
	}

	/** What is called. */
	@FunctionalInterface
	interface Call<T> {
		T run(S3Client client) throws IOException;
	}

	S3Location location() {
		return location;
	}

	String region() {
		return region;
	}

	/** One attempt; a second one at once if the service says that the bucket is in another region. */
	<T> T once(Call<T> call) throws IOException {
		S3Client current = client();
		try {
			return translated(call, current);
		} catch (S3Refusal e) {
			if (e.region().isEmpty() || options.region().isPresent() || !move(current, e.region())) {
				throw e;
			}
		}
		return translated(call, client());
	}

	/** Attempts until one succeeds or nothing more can pass. @param what for a person, such as writing */
	<T> T retrying(String what, Retries.Attempt<T> attempt) throws IOException {
		try {
			return http.retries().call(S3Connection::passes, attempt);
		} catch (IOException e) {
			throw explained(e, what);
		}
	}

	Retries retries() throws ProblemException {
		return http.retries();
	}

	static boolean passes(IOException e) {
		return e instanceof S3Refusal refusal ? refusal.passes() : HttpFaults.passes(e);
	}

	IOException explained(IOException e, String what) {
		if (e instanceof S3Refusal refusal) {
			return refusal.explained(location.text(), what);
		}
		return HttpFaults.explain(e, location.text());
	}

	private static <T> T translated(Call<T> call, S3Client client) throws IOException {
		try {
			return call.run(client);
		} catch (AwsServiceException e) {
			throw S3Refusal.of(e);
		} catch (AbortedException e) {
			throw interrupted(e);
		} catch (SdkException e) {
			throw connection(e);
		} catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private static IOException connection(SdkException e) {
		Throwable each = e;
		for (int depth = 0; each != null && depth < 20; depth++) {
			switch (each) {
				case IOException failed -> {
					return failed;
				}
				case InterruptedException end -> {
					return interrupted(end);
				}
				default -> each = each.getCause();
			}
		}
		return new IOException(HttpFaults.clean(String.valueOf(e.getMessage())), e);
	}

	private static InterruptedIOException interrupted(Throwable cause) {
		Thread.currentThread().interrupt();
		InterruptedIOException end = new InterruptedIOException("Interrupted");
		end.initCause(cause);
		return end;
	}

	private synchronized boolean move(S3Client from, String to) {
		if (client == from) {
			if (to.equals(region)) {
				return false;
			}
			region = to;
			client = null;
		}
		return true;
	}

	private synchronized S3Client client() throws IOException {
		S3Client open = client;
		if (open == null) {
			// The library looks for its own parts by the thread's loader, which in OSGi sees none of them.
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			thread.setContextClassLoader(S3Client.class.getClassLoader());
			try {
				open = build();
			} finally {
				thread.setContextClassLoader(before);
			}
			client = open;
		}
		return open;
	}

	private S3Client build() throws IOException {
		S3ClientBuilder builder = S3Client.builder().httpClient(new S3Http(http)).region(Region.of(region))
				.credentialsProvider(keys()).requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
				.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
				.serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(!options.bucketInHost())
						.chunkedEncodingEnabled(false).build())
				// What can pass is tried again here, and nothing is read from files that nobody named.
				.overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry())
						.defaultProfileFile(ProfileFile.aggregator().build()).defaultProfileName("default"));
		if (!location.isAmazon()) {
			builder.endpointOverride(location.endpoint());
		}
		return builder.build();
	}

	private AwsCredentialsProvider keys() throws IOException {
		AwsCredentialsProvider known = keys;
		if (known == null) {
			known = credentials.provider();
			try {
				known.resolveCredentials();
			} catch (SdkException e) {
				throw StorageProblems.CREDENTIALS.exceptionBecause(e, location.text());
			}
			keys = known;
		}
		return known;
	}

	static StorageException told(StorageException.Reason reason, String name, Throwable cause) {
		StorageException told = new StorageException(reason, name);
		told.initCause(cause);
		return told;
	}

	@Override
	public synchronized void close() {
		S3Client open = client;
		if (open != null) {
			open.close();
			client = null;
		}
		http.close();
	}
}
