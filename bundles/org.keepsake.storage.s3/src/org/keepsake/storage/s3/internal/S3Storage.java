// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.target.Capacity;
import org.keepsake.storage.base.ResumingInput;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs as objects in a bucket, laid out as restic's S3 backend does.
 *
 * <p>
 * A put asks the service to refuse a key that is taken ({@code If-None-Match: *}); until the service has shown that it
 * does, a look goes before. A put whose answer was lost is found done by another look. Deleting names no version: where
 * versions are kept, or locked, the object is gone for everybody who does not ask for old ones, which is what locks
 * need in a bucket that keeps everything.
 */
final class S3Storage implements Storage {

	/** Up to here what came is read back to be compared, unless the service tells a digest. */
	private static final long READ_BACK = 1 << 20;
	private static final int PAGE = 1000;
	/** After this nobody completes an upload any more. */
	private static final Duration ABANDONED = Duration.ofDays(1);

	private final S3Connection connection;
	private final Clock clock;
	private final S3Names names;
	private final String bucket;
	private final long partBytes;
	/** Null until the service has said so, or that it cannot. */
	private volatile @Nullable Boolean refusesTaken;
	private volatile boolean md5;

	/** @param clock tells which uploads nobody will complete any more */
	S3Storage(S3Connection connection, S3Options options, Clock clock) {
		this.connection = connection;
		this.clock = clock;
		this.names = new S3Names(connection.location().prefix());
		this.bucket = connection.location().bucket();
		this.partBytes = options.partBytes();
		this.md5 = options.md5();
	}

	@Override
	public String location() {
		return connection.location().text();
	}

	@Override
	public void create() throws IOException {
		connection.retrying("create the bucket", number -> {
			try {
				connection.once(client -> client.headBucket(each -> each.bucket(bucket)));
			} catch (S3Refusal e) {
				// Who may not look at the bucket may still use what is in it.
				if (e.status() == 404) {
					createBucket();
				} else if (e.status() == 403) {
					judge(e);
				} else {
					throw e;
				}
			}
			return true;
		});
	}

	private void createBucket() throws IOException {
		CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(bucket);
		if (connection.location().isAmazon() && !connection.region().equals("us-east-1")) {
			request.createBucketConfiguration(
					CreateBucketConfiguration.builder().locationConstraint(connection.region()).build());
		}
		try {
			connection.once(client -> client.createBucket(request.build()));
		} catch (S3Refusal e) {
			if (!e.code().equals("BucketAlreadyOwnedByYou")) {
				throw e;
			}
		}
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		String key = names.key(name);
		if (!Boolean.TRUE.equals(refusesTaken) && size(name).isPresent()) {
			throw new StorageException(StorageException.Reason.EXISTS, name);
		}
		S3Put put = new S3Put(connection, key, content, partBytes);
		connection.retrying("write " + name, number -> {
			if (number > 0 && isDone(name, content)) {
				return true;
			}
			try {
				attempt(put);
			} catch (S3Refusal e) {
				if (e.isFull()) {
					throw S3Connection.told(StorageException.Reason.NO_SPACE, name, e);
				}
				if (e.status() != 412) {
					throw e;
				}
				refusesTaken = true;
				// It may have been ourselves, in an attempt whose answer was lost.
				if (number == 0 || !isDone(name, content)) {
					throw S3Connection.told(StorageException.Reason.EXISTS, name, e);
				}
			}
			return true;
		});
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		S3Put put = new S3Put(connection, names.key(name), content, partBytes);
		return connection.retrying("overwrite " + name, number -> {
			try {
				put.run(false, md5);
				return true;
			} catch (S3Refusal e) {
				if (e.status() == 403 || e.status() == 405 || e.status() == 412) {
					throw S3Connection.told(StorageException.Reason.FORBIDDEN, name, e);
				}
				throw e;
			}
		});
	}

	/** Without what a service does not know. */
	private void attempt(S3Put put) throws IOException {
		boolean conditional = !Boolean.FALSE.equals(refusesTaken);
		try {
			put.run(conditional, md5);
		} catch (S3Refusal e) {
			if (!e.isNotImplemented() || !conditional && md5) {
				throw e;
			}
			try {
				put.run(false, md5);
				refusesTaken = false;
			} catch (S3Refusal again) {
				if (!again.isNotImplemented() || md5) {
					throw again;
				}
				put.run(false, true);
				refusesTaken = false;
				md5 = true;
			}
		}
	}

	private boolean isDone(String name, BlobSource content) throws IOException {
		Optional<Long> there = sizeOnce(name);
		if (there.isEmpty() || there.get() != content.sizeBytes()) {
			return false;
		}
		if (content.sizeBytes() > READ_BACK) {
			return true; // an object appears wholly or not at all, under a name that is its digest
		}
		try (InputStream in = open(name, 0, -1)) {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes((int) READ_BACK + 1));
			return MessageDigest.isEqual(digest, content.sha256());
		} catch (GeneralSecurityException e) {
			throw new IOException("No SHA-256", e);
		}
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		names.key(name);
		if (length == 0) {
			if (size(name).isEmpty()) {
				throw new StorageException(StorageException.Reason.NOT_FOUND, name);
			}
			return InputStream.nullInputStream();
		}
		return new ResumingInput((from, count) -> open(name, from, count), offset, length, connection.retries(),
				S3Connection::passes, e -> connection.explained(e, "read " + name));
	}

	private InputStream open(String name, long offset, long length) throws IOException {
		GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(names.key(name));
		boolean part = offset > 0 || length > 0;
		if (part) {
			request.range("bytes=" + offset + "-" + (length < 0 ? "" : offset + length - 1));
		}
		ResponseInputStream<GetObjectResponse> answer;
		try {
			answer = connection.once(client -> client.getObject(request.build(), ResponseTransformer.toInputStream()));
		} catch (S3Refusal e) {
			if (e.status() == 416) {
				return InputStream.nullInputStream();
			}
			if (e.code().equals("NoSuchKey") || e.status() == 404 && e.code().isEmpty()) {
				throw S3Connection.told(StorageException.Reason.NOT_FOUND, name, e);
			}
			throw e;
		}
		return RangeAnswer.open(answer, name, offset);
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		names.key(name);
		return connection.retrying("look at " + name, number -> sizeOnce(name));
	}

	private Optional<Long> sizeOnce(String name) throws IOException {
		try {
			return Optional.of(connection
					.once(client -> client.headObject(each -> each.bucket(bucket).key(names.key(name))))
					.contentLength());
		} catch (S3Refusal e) {
			if (e.status() == 404) {
				return Optional.empty();
			}
			if (e.status() == 403 || e.status() == 400) {
				judge(e);
			}
			throw e;
		}
	}

	/** The answer to HEAD has no body that says why: another request is refused with one, if it is. */
	private void judge(S3Refusal e) throws IOException {
		if (e.code().isEmpty() || e.code().equals(String.valueOf(e.status())) || e.status() == 403) {
			connection.once(client -> client.listObjectsV2(
					each -> each.bucket(bucket).prefix(names.folder("keys")).maxKeys(1)));
		}
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		ListObjectsV2Request.Builder request = ListObjectsV2Request.builder().bucket(bucket).prefix(names.folder(kind))
				.maxKeys(PAGE);
		while (true) {
			ListObjectsV2Response page = connection.retrying("list " + kind,
					number -> connection.once(client -> client.listObjectsV2(request.build())));
			for (S3Object object : page.contents()) {
				Optional<String> name = names.name(kind, object.key());
				if (name.isPresent() && object.size() != null && !visitor.visit(name.get(), object.size())) {
					return;
				}
			}
			String next = page.nextContinuationToken();
			if (!Boolean.TRUE.equals(page.isTruncated()) || next == null || next.isEmpty()) {
				return;
			}
			request.continuationToken(next);
		}
	}

	@Override
	public void delete(String name) throws IOException {
		connection.retrying("delete " + name, number -> {
			try {
				connection.once(client -> client.deleteObject(each -> each.bucket(bucket).key(names.key(name))));
			} catch (S3Refusal e) {
				if (e.code().equals("NoSuchKey")) {
					return true;
				}
				if (e.code().equals("AccessDenied") || e.code().equals("MethodNotAllowed")
						|| e.code().equals("ObjectLocked") || e.status() == 403 && e.code().isEmpty()) {
					throw S3Connection.told(StorageException.Reason.FORBIDDEN, name, e);
				}
				throw e;
			}
			return true;
		});
	}

	@Override
	public void tidy() throws IOException {
		new S3Leftovers(connection, names).abortBegunBefore(clock.instant().minus(ABANDONED));
	}

	/** The protocol does not tell. */
	@Override
	public Optional<Capacity> capacity() {
		return Optional.empty();
	}

	@Override
	public void close() {
		connection.close();
	}
}
