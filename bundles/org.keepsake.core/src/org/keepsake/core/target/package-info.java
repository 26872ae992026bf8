// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What a bundle implements to keep backups somewhere: the SPI behind the extension point
 * {@code org.keepsake.core.targets}. Start with {@link org.keepsake.core.target.BackupTarget}.
 */
@NonNullByDefault
package org.keepsake.core.target;

import org.eclipse.jdt.annotation.NonNullByDefault;
