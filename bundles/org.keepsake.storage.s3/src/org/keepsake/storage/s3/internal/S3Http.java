// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.storage.base.HttpAccess;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The library's requests on the HTTP that all storages share, with its trust, proxy, limits and time-outs. */
final class S3Http implements SdkHttpClient {

	/** What the client sets by itself. */
	private static final Set<String> NOT_OURS = Set.of("host", "content-length", "expect", "connection",
			"transfer-encoding", "upgrade");

	private final HttpAccess http;

	S3Http(HttpAccess http) {
		this.http = http;
	}

	@Override
	@NonNullByDefault({}) // the library says nothing of null
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new ExecutableHttpRequest() {

			private volatile @Nullable InputStream open;

			@Override
			public HttpExecuteResponse call() throws IOException {
				HttpResponse<InputStream> answer = send(request);
				open = answer.body();
				return HttpExecuteResponse.builder()
						.response(SdkHttpResponse.builder().statusCode(answer.statusCode())
								.headers(answer.headers().map()).build())
						.responseBody(AbortableInputStream.create(answer.body())).build();
			}

			@Override
			public void abort() {
				InputStream body = open;
				if (body != null) {
					try {
						body.close();
					} catch (IOException e) {
						throw new UncheckedIOException(e);
					}
				}
			}
		};
	}

	private HttpResponse<InputStream> send(HttpExecuteRequest request) throws IOException {
		SdkHttpRequest told = request.httpRequest();
		HttpRequest.Builder builder = HttpRequest.newBuilder(told.getUri());
		told.forEachHeader((name, values) -> {
			if (!NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
				values.forEach(value -> builder.header(name, value));
			}
		});
		Optional<ContentStreamProvider> content = request.contentStreamProvider();
		long length = told.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
		return http.send(builder, told.method().name(), content.isEmpty() ? null : new Content(content.get(), length));
	}

	private record Content(ContentStreamProvider provider, long sizeBytes) implements HttpAccess.Body {

		@Override
		public InputStream open() throws IOException {
			try {
				return provider.newStream();
			} catch (UncheckedIOException e) {
				throw e.getCause();
			}
		}
	}

	@Override
	public String clientName() {
		return "Keepsake";
	}

	/** The access outlives a client: another region makes another. */
	@Override
	public void close() {
		// Closed by whoever opened the access.
	}
}
