// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.nio.file.Path;
import java.util.Optional;

import org.keepsake.core.target.TreePath;

/**
 * What a {@link org.keepsake.core.target.BackupTree} implements besides if its files lie on this computer: an index that
 * is not encrypted is then read where it is, and need not be copied first.
 */
public interface LocalFiles {

	/**
	 * Where the file lies. It is only read, and stays unchanged while the tree is open.
	 *
	 * @return empty if there is no such regular file, or it does not lie on this computer
	 */
	Optional<Path> localFile(TreePath file);
}
