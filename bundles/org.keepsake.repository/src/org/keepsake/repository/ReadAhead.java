// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.Closeable;

/** Packs that come into the cache ahead of their reader; see {@link Repository#readAhead}. Closing ends it. */
public interface ReadAhead extends Closeable {

	/** Ends it; what is under way is given up. Without effect the second time. */
	@Override
	void close();
}
