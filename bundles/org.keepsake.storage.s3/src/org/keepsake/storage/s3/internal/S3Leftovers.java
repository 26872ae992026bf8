// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Objects;

import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Parts of uploads that nobody will complete: they are in no list of objects, and cost. */
final class S3Leftovers {

	private static final Logger LOG = System.getLogger(S3Leftovers.class.getName());
	private static final int PAGE = 1000;
	/** A service that always has one more page is not heard out. */
	private static final int MOST_PAGES = 1000;

	private final S3Connection connection;
	private final S3Names names;
	private final String bucket;

	S3Leftovers(S3Connection connection, S3Names names) {
		this.connection = connection;
		this.names = names;
		this.bucket = connection.location().bucket();
	}

	/**
	 * Aborts the uploads of blobs that were begun before that moment. What the service or the rights do not allow stays.
	 */
	void abortBegunBefore(Instant moment) throws IOException {
		ListMultipartUploadsRequest.Builder request = ListMultipartUploadsRequest.builder().bucket(bucket)
				.prefix(names.root()).maxUploads(PAGE);
		String last = "";
		for (int number = 0; number < MOST_PAGES; number++) {
			ListMultipartUploadsResponse page;
			try {
				page = connection.retrying("list unfinished uploads",
						attempt -> once(request.build()));
			} catch (RefusedException e) {
				LOG.log(Level.DEBUG, "Unfinished uploads are not told", e);
				return;
			}
			for (MultipartUpload upload : page.uploads()) {
				if (isOld(upload, moment) && !abort(upload)) {
					return;
				}
			}
			String next = page.nextKeyMarker() + '\n' + page.nextUploadIdMarker();
			if (!Boolean.TRUE.equals(page.isTruncated()) || page.nextKeyMarker() == null || next.equals(last)) {
				return;
			}
			last = next;
			request.keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker());
		}
	}

	/** The service does not know such a request, or these credentials may not ask for it. */
	private static final class RefusedException extends IOException {

		private static final long serialVersionUID = 1L;

		RefusedException(S3Refusal cause) {
			super(cause);
		}
	}

	private ListMultipartUploadsResponse once(ListMultipartUploadsRequest request) throws IOException {
		try {
			return connection.once(client -> client.listMultipartUploads(request));
		} catch (S3Refusal e) {
			if (!e.passes()) {
				throw new RefusedException(e);
			}
			throw e;
		}
	}

	private boolean isOld(MultipartUpload upload, Instant moment) {
		Instant begun = upload.initiated();
		String key = upload.key();
		return begun != null && begun.isBefore(moment) && key != null && upload.uploadId() != null
				&& names.isBlob(key);
	}

	/** Whether the next may be tried as well. */
	private boolean abort(MultipartUpload upload) throws IOException {
		String key = Objects.requireNonNull(upload.key());
		try {
			connection.retrying("remove parts of " + key, attempt -> {
				try {
					return connection.once(client -> client.abortMultipartUpload(
							each -> each.bucket(bucket).key(key).uploadId(upload.uploadId())));
				} catch (S3Refusal e) {
					if (!e.passes()) {
						throw new RefusedException(e);
					}
					throw e;
				}
			});
			return true;
		} catch (RefusedException e) {
			LOG.log(Level.DEBUG, "An unfinished upload stays", e);
			// Completed or aborted by somebody else meanwhile, or not allowed, which then holds for all.
			return e.getCause() instanceof S3Refusal refusal && refusal.status() == 404;
		}
	}
}
