// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * Keeps backups in a folder, in Apple's own layout.
 */
@NonNullByDefault
package org.keepsake.target.local.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
