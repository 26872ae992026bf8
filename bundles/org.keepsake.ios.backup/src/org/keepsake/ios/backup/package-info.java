// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What a backup is: its property lists, index, key bag and files, read from any
 * {@link org.keepsake.core.target.BackupTree}, decrypted on the fly, verified and extracted. Start with
 * {@link org.keepsake.ios.backup.Backup}.
 */
@NonNullByDefault
package org.keepsake.ios.backup;

import org.eclipse.jdt.annotation.NonNullByDefault;
