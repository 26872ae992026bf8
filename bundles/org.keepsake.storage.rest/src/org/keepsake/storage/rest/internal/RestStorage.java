// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Capacity;
import org.keepsake.storage.base.HttpAccess;
import org.keepsake.storage.base.HttpFaults;
import org.keepsake.storage.base.HttpFaults.StatusException;
import org.keepsake.storage.base.ResumingInput;
import org.keepsake.storage.base.Retries;

/**
 * Blobs on a server that speaks restic's REST protocol, version 2 or 1. Source: restic/restic doc/REST_backend.rst.
 *
 * <p>
 * The protocol has no conditional put, so a look goes before each. A put whose answer was lost is found done by
 * another look: the same size, and for small blobs the same content.
 */
final class RestStorage implements Storage {

	private static final Pattern NAME = Pattern.compile("config|(?:keys|locks|snapshots|index|data)/[0-9a-f]{64}");
	private static final String VERSION_2 = "application/vnd.x.restic.rest.v2";
	private static final int MOST_SAID = 4096;
	private static final Duration SETTLING = Duration.ofSeconds(3);

	private final RestLocation location;
	private final HttpAccess http;
	private final RestCredentials credentials;
	private final Turns turns = new Turns();

	RestStorage(RestLocation location, HttpAccess http, RestCredentials credentials) {
		this.location = location;
		this.http = http;
		this.credentials = credentials;
	}

	@Override
	public String location() {
		return location.text();
	}

	/** Servers list nothing alike for a folder that is empty and for one that is not there. */
	@Override
	public boolean isThere() throws IOException {
		return size("config").isPresent();
	}

	@Override
	public void create() throws IOException {
		retrying(number -> {
			URI place = URI.create(location.base() + "?create=true");
			try (InputStream answer = accepted(send(place, "POST", null))) {
				drain(answer);
			} catch (StatusException e) {
				// Some servers that only let blobs be added refuse this, although all is there.
				if (e.status() != 403 || sizeOnce("config").isEmpty()) {
					throw e;
				}
			}
			return true;
		});
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		URI place = address(name);
		try (Turns.Turn _ = turns.take(name)) {
			putAlone(name, place, content);
		}
	}

	private void putAlone(String name, URI place, BlobSource content) throws IOException {
		if (size(name).isPresent()) {
			throw new StorageException(StorageException.Reason.EXISTS, name);
		}
		PutBody body = new PutBody(content);
		try {
			retrying(number -> {
				if (number > 0 && isDone(name, content)) {
					return true;
				}
				try (InputStream answer = accepted(send(place, "POST", body))) {
					drain(answer);
				} catch (StatusException e) {
					return refusedPut(name, number, content, e);
				}
				return true;
			});
		} catch (IOException e) {
			removeHalf(name, content, e);
			throw e;
		}
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		PutBody body = new PutBody(content);
		return retrying(number -> {
			try (InputStream answer = accepted(send(address(name), "POST", body))) {
				drain(answer);
				return true;
			} catch (StatusException e) {
				if (e.status() == 403 || e.status() == 405 || e.status() == 409 || e.status() == 412) {
					throw told(StorageException.Reason.FORBIDDEN, name, e);
				}
				throw e;
			}
		});
	}

	/** A server that keeps what it has says 403 to a blob that is there, which may be what we sent before. */
	private boolean refusedPut(String name, int number, BlobSource content, StatusException e) throws IOException {
		if (e.isFull()) {
			throw told(StorageException.Reason.NO_SPACE, name, e);
		}
		if ((e.status() == 403 || e.status() == 409 || e.status() == 412) && sizeOnce(name).isPresent()) {
			if (number > 0 && isDone(name, content)) {
				return true;
			}
			throw told(StorageException.Reason.EXISTS, name, e);
		}
		if (e.status() == 403) {
			throw StorageProblems.FORBIDDEN.exceptionBecause(e, location(), "write " + name);
		}
		throw e;
	}

	/** Whether an earlier attempt came through; what came half is removed. */
	private boolean isDone(String name, BlobSource content) throws IOException {
		Optional<Long> there = sizeOnce(name);
		if (there.isEmpty()) {
			return false;
		}
		if (there.get() == content.sizeBytes() && PutBody.isSame(content, name, () -> open(name, 0, -1))) {
			return true;
		}
		tryToDelete(name);
		return false;
	}

	/** Where nothing may be deleted, the server itself removes what came half, if anybody does. */
	private void tryToDelete(String name) throws IOException {
		try {
			deleteOnce(name);
		} catch (StorageException e) {
			System.getLogger(RestStorage.class.getName()).log(System.Logger.Level.DEBUG, "Half a blob is there", e);
		}
	}

	/**
	 * If the put is given up for good: nobody shall see half a blob. The server may not have noticed yet that nothing more
	 * comes, so it takes two looks in a row that find nothing.
	 */
	private void removeHalf(String name, BlobSource content, IOException reason) {
		if (reason instanceof StorageException || Thread.currentThread().isInterrupted()) {
			return;
		}
		int[] gone = new int[1];
		try {
			Retries.within(SETTLING).run(HttpFaults::passes, number -> {
				Optional<Long> there = sizeOnce(name);
				if (there.isPresent() && there.get() != content.sizeBytes()) {
					gone[0] = 0;
					tryToDelete(name);
				} else {
					gone[0] += there.isPresent() ? 2 : 1;
				}
				if (gone[0] < 2) {
					throw new IOException("Half of " + name + " may still come");
				}
			});
		} catch (IOException e) {
			reason.addSuppressed(HttpFaults.explain(e, location()));
		}
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		address(name);
		if (length == 0) {
			if (size(name).isEmpty()) {
				throw new StorageException(StorageException.Reason.NOT_FOUND, name);
			}
			return InputStream.nullInputStream();
		}
		return new ResumingInput((from, count) -> open(name, from, count), offset, length, http.retries(),
				HttpFaults::passes, e -> HttpFaults.explain(e, location()));
	}

	private InputStream open(String name, long offset, long length) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(address(name));
		boolean part = offset > 0 || length > 0;
		if (part) {
			request.setHeader("Range", "bytes=" + offset + "-" + (length < 0 ? "" : offset + length - 1));
		}
		HttpResponse<InputStream> answer = send(request, "GET", null);
		switch (answer.statusCode()) {
			case 200, 206 -> {
				return RangeAnswer.open(answer, name, offset, length);
			}
			case 416 -> {
				answer.body().close();
				return InputStream.nullInputStream();
			}
			case 404 -> {
				answer.body().close();
				throw new StorageException(StorageException.Reason.NOT_FOUND, name);
			}
			default -> throw refusal(answer);
		}
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		address(name);
		return retrying(number -> sizeOnce(name));
	}

	private Optional<Long> sizeOnce(String name) throws IOException {
		HttpResponse<InputStream> answer = send(address(name), "HEAD", null);
		try (InputStream _ = answer.body()) {
			if (answer.statusCode() == 404) {
				return Optional.empty();
			}
			if (answer.statusCode() != 200) {
				throw new StatusException(answer.statusCode(), "");
			}
			OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
			if (length.isEmpty() || length.getAsLong() < 0) {
				throw StorageProblems.FAILED.exception(location(), "The server does not say how long " + name + " is.");
			}
			return Optional.of(length.getAsLong());
		}
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		if (!List.of("keys", "locks", "snapshots", "index", "data").contains(kind)) {
			throw new IllegalArgumentException("Not a kind of blobs");
		}
		Optional<RestListing> listing = retrying(number -> listOnce(kind));
		if (listing.isEmpty()) {
			return;
		}
		listing.get().tell((digits, told) -> {
			String name = kind + '/' + digits;
			if (told != RestListing.UNKNOWN) {
				return visitor.visit(name, told);
			}
			Optional<Long> size = size(name);
			return size.isEmpty() || visitor.visit(name, size.get());
		});
	}

	private Optional<RestListing> listOnce(String kind) throws IOException {
		HttpResponse<InputStream> answer = send(location.resolve(kind + "/"), "GET", null);
		if (answer.statusCode() == 404) {
			answer.body().close();
			if (sizeOnce("config").isEmpty()) {
				throw StorageProblems.NO_SUCH_PLACE.exception(location());
			}
			return Optional.empty();
		}
		try (InputStream in = accepted(answer)) {
			return Optional.of(RestListing.read(in));
		} catch (RestListing.NoListException e) {
			throw StorageProblems.FAILED.exceptionBecause(e, location(),
					"It does not answer as a REST server of restic does: " + e.getMessage());
		}
	}

	@Override
	public void delete(String name) throws IOException {
		address(name);
		retrying(number -> {
			deleteOnce(name);
			return true;
		});
	}

	private void deleteOnce(String name) throws IOException {
		HttpResponse<InputStream> answer = send(address(name), "DELETE", null);
		if (answer.statusCode() == 404) {
			answer.body().close();
			return;
		}
		if (answer.statusCode() == 403 || answer.statusCode() == 405) {
			throw told(StorageException.Reason.FORBIDDEN, name, refusal(answer));
		}
		try (InputStream body = accepted(answer)) {
			drain(body);
		}
	}

	/** The protocol does not tell. */
	@Override
	public Optional<Capacity> capacity() {
		return Optional.empty();
	}

	@Override
	public void close() {
		http.close();
		credentials.close();
	}

	private URI address(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("Not the name of a blob");
		}
		return location.resolve(name);
	}

	private HttpResponse<InputStream> send(URI address, String method, @Nullable PutBody body) throws IOException {
		return send(HttpRequest.newBuilder(address), method, body);
	}

	private HttpResponse<InputStream> send(HttpRequest.Builder request, String method, @Nullable PutBody body)
			throws IOException {
		request.setHeader("Accept", VERSION_2);
		if (body != null) {
			request.setHeader("Content-Type", "application/octet-stream");
		}
		credentials.sign(request);
		return http.send(request, method, body);
	}

	private static InputStream accepted(HttpResponse<InputStream> answer) throws IOException {
		if (answer.statusCode() / 100 != 2) {
			throw refusal(answer);
		}
		return answer.body();
	}

	private static StatusException refusal(HttpResponse<InputStream> answer) throws IOException {
		try (InputStream body = answer.body()) {
			String said = new String(body.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
			return new StatusException(answer.statusCode(),
					answer.statusCode() / 100 == 3 ? "It sends elsewhere, which is not followed" : said);
		}
	}

	/** So that the connection can serve the next request. */
	private static void drain(InputStream body) throws IOException {
		body.readNBytes(MOST_SAID);
	}

	private static StorageException told(StorageException.Reason reason, String name, Throwable cause) {
		StorageException told = new StorageException(reason, name);
		told.initCause(cause);
		return told;
	}

	private <T> T retrying(Retries.Attempt<T> attempt) throws IOException {
		try {
			return http.retries().call(HttpFaults::passes, attempt);
		} catch (IOException e) {
			throw HttpFaults.explain(e, location());
		}
	}
}
