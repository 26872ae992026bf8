// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * A simulated iPhone behind a simulated usbmuxd.
 */
@NonNullByDefault
package org.keepsake.virtual;

import org.eclipse.jdt.annotation.NonNullByDefault;
