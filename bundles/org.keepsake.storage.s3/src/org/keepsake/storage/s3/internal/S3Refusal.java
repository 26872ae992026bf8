// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.storage.base.HttpFaults;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What the service answered instead of doing it. */
final class S3Refusal extends IOException {

	private static final long serialVersionUID = 1L;
	private static final Pattern REGION = Pattern.compile("<Region>([a-z0-9-]{1,63})</Region>");

	private final int status;
	private final String code;
	private final String region;
	private final boolean full;

	private S3Refusal(String message, int status, String code, boolean full, String region) {
		super(message);
		this.full = full;
		this.status = status;
		this.code = code;
		this.region = region;
	}

	static S3Refusal of(AwsServiceException e) {
		AwsErrorDetails details = e.awsErrorDetails();
		String code = details == null || details.errorCode() == null ? "" : HttpFaults.clean(details.errorCode());
		String said = details == null || details.errorMessage() == null ? "" : HttpFaults.clean(details.errorMessage());
		String message = "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code)
				+ (said.isEmpty() ? "" : ": " + said);
		boolean full = e.statusCode() == 507 || details != null && HttpFaults.tellsFull(details.errorMessage());
		return new S3Refusal(message, e.statusCode(), code, full, region(details));
	}

	private static String region(@Nullable AwsErrorDetails details) {
		if (details == null) {
			return "";
		}
		Optional<String> header = details.sdkHttpResponse() == null ? Optional.empty()
				: details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
		if (header.isPresent()) {
			return header.get();
		}
		Matcher body = REGION.matcher(details.rawResponse() == null ? "" : details.rawResponse().asUtf8String());
		return body.find() ? body.group(1) : "";
	}

	int status() {
		return status;
	}

	/** Such as {@code AccessDenied}; empty if the answer has no body, as to HEAD. */
	String code() {
		return code;
	}

	/** Where the bucket is instead; empty if nothing was said. */
	String region() {
		return region;
	}

	/** Whether the service does not know what was asked for, such as a conditional put. */
	boolean isNotImplemented() {
		return status == 501 || code.equals("NotImplemented");
	}

	boolean isFull() {
		return switch (code) {
			case "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage",
					"QuotaExceededException", "StorageQuotaExceeded", "TotalStorageLimitExceeded",
					"BucketQuotaExceeded", "StorageCapExceeded", "StorageFull" ->
				true;
			default -> full;
		};
	}

	/** Whether the same may succeed later; what was damaged on the way, at once. */
	boolean passes() {
		if (isFull()) {
			return false;
		}
		return switch (code) {
			case "SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable", "Busy", "OperationAborted",
					"ConditionalRequestConflict", "BadDigest", "XAmzContentChecksumMismatch", "IncompleteBody",
					"XAmzContentSHA256Mismatch", "TooManyRequests", "XMinioServerNotInitialized" ->
				true;
			default -> switch (status) {
				case 408, 425, 429, 500, 502, 503, 504 -> true;
				default -> false;
			};
		};
	}

	/** What a person is told. @param what was to be done, such as writing */
	IOException explained(String location, String what) {
		return switch (code) {
			case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "TokenRefreshRequired",
					"InvalidSecurity", "AuthFailure", "UnauthorizedAccess" ->
				StorageProblems.CREDENTIALS.exceptionBecause(this, location);
			case "RequestTimeTooSkewed", "RequestExpired" -> StorageProblems.CLOCK.exceptionBecause(this, location);
			case "NoSuchBucket" -> StorageProblems.NO_SUCH_PLACE.exceptionBecause(this, location);
			case "SlowDown", "ServiceUnavailable", "Busy", "TooManyRequests" ->
				StorageProblems.UNREACHABLE.exceptionBecause(this, location);
			default -> byStatus(location, what);
		};
	}

	private IOException byStatus(String location, String what) {
		if (isFull()) {
			return StorageProblems.FULL.exceptionBecause(this, location);
		}
		return switch (status) {
			case 401 -> StorageProblems.CREDENTIALS.exceptionBecause(this, location);
			case 403 -> StorageProblems.FORBIDDEN.exceptionBecause(this, location, what);
			case 404 -> StorageProblems.NO_SUCH_PLACE.exceptionBecause(this, location);
			case 502, 503, 504 -> StorageProblems.UNREACHABLE.exceptionBecause(this, location);
			default -> StorageProblems.FAILED.exceptionBecause(this, location, getMessage());
		};
	}
}
