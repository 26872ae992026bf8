// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.Closeable;
import java.sql.Connection;

/**
 * A SQLite database of a backup, opened read-only together with its write-ahead log. For one thread at a time; open it
 * once more for another. What it reads may be damaged or hostile: every value is to be taken with care.
 */
public interface ContentDatabase extends Closeable {

	/** The connection; closed with this. */
	Connection connection();
}
