// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server answered to a request for a part of a blob: the part, or all of it if it knows no parts. */
final class RangeAnswer {

	private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/.*");
	private static final int BLOCK = 1 << 16;

	private RangeAnswer() {
	}

	/**
	 * A stream that begins at the offset.
	 *
	 * @param length -1 for all to the end
	 * @throws IOException if the answer is another part; may pass
	 */
	static InputStream open(HttpResponse<InputStream> answer, String name, long offset, long length)
			throws IOException {
		InputStream body = answer.body();
		try {
			if (answer.statusCode() == 200) {
				skip(body, offset);
			} else if (!isWanted(answer, offset, length)) {
				throw new IOException("The server sent another part of " + name);
			}
			return body;
		} catch (IOException e) {
			body.close();
			throw e;
		}
	}

	private static boolean isWanted(HttpResponse<InputStream> answer, long offset, long length) {
		Matcher range = RANGE.matcher(answer.headers().firstValue("Content-Range").orElse(""));
		if (range.matches()) {
			return Long.parseLong(range.group(1)) == offset
					&& (length < 0 || Long.parseLong(range.group(2)) < offset + length);
		}
		OptionalLong told = answer.headers().firstValueAsLong("Content-Length");
		return length > 0 && told.isPresent() && told.getAsLong() == length;
	}

	/** Reads, since a stream of the network cannot jump; a blob that is shorter simply ends. */
	private static void skip(InputStream in, long offset) throws IOException {
		byte[] block = new byte[(int) Math.min(BLOCK, offset)];
		long left = offset;
		while (left > 0) {
			int n = in.read(block, 0, (int) Math.min(block.length, left));
			if (n < 0) {
				return;
			}
			left -= n;
		}
	}
}
