// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.io.IOException;
import java.io.InputStream;

/** The content of a blob that is to be put; read from the beginning again for another attempt. Thread-safe. */
public interface BlobSource {

	/** How many bytes it has. */
	long sizeBytes();

	/** Begins at its beginning. The caller closes it. */
	InputStream open() throws IOException;

	/** SHA-256 of the content, so that a store can have it checked on the way. */
	byte[] sha256();
}
