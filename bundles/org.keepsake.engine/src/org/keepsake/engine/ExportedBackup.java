// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.nio.file.Path;

/**
 * A backup that was written into a folder, as Apple's programs have it.
 *
 * @param folder the backup's own folder, named as the device is
 * @param files  how many files it has
 * @param bytes  their bytes
 */
public record ExportedBackup(Path folder, long files, long bytes) {
}
