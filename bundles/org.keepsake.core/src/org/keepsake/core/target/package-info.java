// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * The vocabulary of Keepsake: devices, snapshots, problems, progress.
 */
@NonNullByDefault
package org.keepsake.core.target;

import org.eclipse.jdt.annotation.NonNullByDefault;
