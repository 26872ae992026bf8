// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The vocabulary of Keepsake: devices, backups, problems with a remedy, progress and cancellation.
 *
 * <p>
 * Start with {@link org.keepsake.core.Problem}, {@link org.keepsake.core.JobMonitor} and {@link org.keepsake.core.Udid}.
 * Everything may depend on this bundle; it depends on nothing but the JDK, and opens no file or socket.
 */
@NonNullByDefault
package org.keepsake.core;

import org.eclipse.jdt.annotation.NonNullByDefault;
