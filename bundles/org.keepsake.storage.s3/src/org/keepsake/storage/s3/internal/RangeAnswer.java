// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What a service answered to a request for a part of an object: the part, or all of it if it knows no parts. */
final class RangeAnswer {

	private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/.*");

	private RangeAnswer() {
	}

	/**
	 * A stream that begins at the offset.
	 *
	 * @throws IOException if the answer is another part; may pass
	 */
	static InputStream open(ResponseInputStream<GetObjectResponse> answer, String name, long offset)
			throws IOException {
		try {
			String told = answer.response().contentRange();
			if (told == null) {
				byte[] block = new byte[(int) Math.min(1 << 16, offset)];
				long left = offset;
				while (left > 0) {
					int n = answer.read(block, 0, (int) Math.min(block.length, left));
					if (n < 0) {
						break;
					}
					left -= n;
				}
			} else {
				Matcher range = RANGE.matcher(told);
				if (!range.matches() || Long.parseLong(range.group(1)) != offset) {
					throw new IOException("The service sent another part of " + name);
				}
			}
			return answer;
		} catch (IOException e) {
			answer.abort();
			throw e;
		}
	}
}
