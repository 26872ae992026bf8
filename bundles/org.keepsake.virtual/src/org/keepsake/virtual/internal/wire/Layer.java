// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.IOException;

/** What a connection's clear bytes pass through on their way: nothing, or TLS. One reader and one writer at a time. */
interface Layer {

	/** Reads at least one byte into the non-empty range; -1 at the end. */
	int read(byte[] bytes, int offset, int length) throws IOException;

	/** Sends all of the range at once. */
	void write(byte[] bytes, int offset, int length) throws IOException;
}
