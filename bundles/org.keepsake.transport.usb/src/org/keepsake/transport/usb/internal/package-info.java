// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * Finds devices on the usbmuxd of this computer.
 */
@NonNullByDefault
package org.keepsake.transport.usb.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
