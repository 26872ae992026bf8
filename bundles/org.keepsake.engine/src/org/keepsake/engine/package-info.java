// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * Runs the jobs: preflight, backup, restore, verification, encryption, deletion. What the command line, the daemon and
 * the window call. Knows transports and targets only by their SPI. Start with {@link org.keepsake.engine.Keepsake}.
 */
@NonNullByDefault
package org.keepsake.engine;

import org.eclipse.jdt.annotation.NonNullByDefault;
