// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.storage.base.HttpFaults;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Sends one blob, at once or in parts. Each request carries a digest of what it sends, which the service compares: a
 * bucket with object lock takes nothing without one.
 */
final class S3Put {

	private static final String BYTES = "application/octet-stream";

	private final S3Connection connection;
	private final String bucket;
	private final String key;
	private final BlobSource content;
	private final long partBytes;

	S3Put(S3Connection connection, String key, BlobSource content, long partBytes) {
		this.connection = connection;
		this.bucket = connection.location().bucket();
		this.key = key;
		this.content = content;
		this.partBytes = partBytes;
	}

	/** @param conditional to be refused if the key is taken */
	void run(boolean conditional, boolean md5) throws IOException {
		if (content.sizeBytes() > partBytes) {
			inParts(conditional, md5);
			return;
		}
		PutObjectRequest.Builder request = PutObjectRequest.builder().bucket(bucket).key(key).contentType(BYTES)
				.contentLength(content.sizeBytes());
		if (md5) {
			request.contentMD5(Base64.getEncoder().encodeToString(digest("MD5", 0, content.sizeBytes())));
		} else {
			request.checksumAlgorithm(ChecksumAlgorithm.SHA256)
					.checksumSHA256(Base64.getEncoder().encodeToString(content.sha256()));
		}
		if (conditional) {
			request.ifNoneMatch("*");
		}
		connection.once(client -> client.putObject(request.build(), body(0, content.sizeBytes())));
	}

	private void inParts(boolean conditional, boolean md5) throws IOException {
		CreateMultipartUploadRequest.Builder begin = CreateMultipartUploadRequest.builder().bucket(bucket).key(key)
				.contentType(BYTES);
		if (!md5) {
			begin.checksumAlgorithm(ChecksumAlgorithm.SHA256);
		}
		String upload = connection.once(client -> client.createMultipartUpload(begin.build())).uploadId();
		try {
			List<CompletedPart> parts = new ArrayList<>();
			for (long at = 0; at < content.sizeBytes(); at += partBytes) {
				parts.add(part(upload, parts.size() + 1, at, Math.min(partBytes, content.sizeBytes() - at), md5));
			}
			CompleteMultipartUploadRequest.Builder end = CompleteMultipartUploadRequest.builder().bucket(bucket)
					.key(key).uploadId(upload).multipartUpload(all -> all.parts(parts));
			if (conditional) {
				end.ifNoneMatch("*");
			}
			connection.once(client -> client.completeMultipartUpload(end.build()));
		} catch (IOException | RuntimeException e) {
			abort(upload, e);
			throw e;
		}
	}

	private CompletedPart part(String upload, int number, long at, long length, boolean md5) throws IOException {
		UploadPartRequest.Builder request = UploadPartRequest.builder().bucket(bucket).key(key).uploadId(upload)
				.partNumber(number).contentLength(length);
		CompletedPart.Builder done = CompletedPart.builder().partNumber(number);
		String digest = Base64.getEncoder().encodeToString(digest(md5 ? "MD5" : "SHA-256", at, length));
		if (md5) {
			request.contentMD5(digest);
		} else {
			request.checksumAlgorithm(ChecksumAlgorithm.SHA256).checksumSHA256(digest);
			done.checksumSHA256(digest);
		}
		// A part that fails is sent again by itself; what cannot pass ends the whole.
		String tag = connection.retries().call(S3Connection::passes, attempt -> connection
				.once(client -> client.uploadPart(request.build(), body(at, length)))).eTag();
		return done.eTag(tag).build();
	}

	/** Parts of what is never completed would stay, and cost. */
	private void abort(String upload, Exception reason) {
		boolean interrupted = Thread.interrupted();
		try {
			connection.once(client -> client
					.abortMultipartUpload(each -> each.bucket(bucket).key(key).uploadId(upload)));
		} catch (IOException e) {
			reason.addSuppressed(e);
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private RequestBody body(long at, long length) {
		return RequestBody.fromContentProvider(() -> {
			try {
				return open(at, length);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}, length, BYTES);
	}

	private byte[] digest(String algorithm, long at, long length) throws IOException {
		try (InputStream in = open(at, length)) {
			MessageDigest digest = MessageDigest.getInstance(algorithm);
			byte[] block = new byte[Math.clamp(length, 1, 1 << 16)];
			for (int n = in.read(block); n >= 0; n = in.read(block)) {
				digest.update(block, 0, n);
			}
			return digest.digest();
		} catch (GeneralSecurityException e) {
			throw new IOException("No " + algorithm, e);
		}
	}

	private interface Reading<T> {
		T run() throws IOException;
	}

	/** What fails here is our side, and nothing to try again. */
	private static <T> T content(Reading<T> reading) throws IOException {
		try {
			return reading.run();
		} catch (IOException e) {
			throw new HttpFaults.ContentException(e);
		}
	}

	private InputStream open(long at, long length) throws IOException {
		InputStream in = content(content::open);
		try {
			content(() -> {
				in.skipNBytes(at);
				return at;
			});
		} catch (IOException e) {
			in.close();
			throw e;
		}
		return new FilterInputStream(in) {

			private long left = length;

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
			}

			@Override
			public int read(byte[] bytes, int offset, int wanted) throws IOException {
				if (left == 0) {
					return -1;
				}
				int n = content(() -> super.read(bytes, offset, (int) Math.min(wanted, left)));
				if (n < 0) {
					throw new HttpFaults.ContentException(new EOFException("The content is shorter than it said"));
				}
				left -= n;
				return n;
			}

			@Override
			public boolean markSupported() {
				return false;
			}
		};
	}
}
