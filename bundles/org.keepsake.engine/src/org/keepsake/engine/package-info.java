// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * Runs jobs: backup, restore, verify.
 */
@NonNullByDefault
package org.keepsake.engine;

import org.eclipse.jdt.annotation.NonNullByDefault;
