// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The computer's usbmuxd: announces the devices, keeps pair records, and connects to the devices' ports. */
@NonNullByDefault
package org.keepsake.virtual.internal.mux;

import org.eclipse.jdt.annotation.NonNullByDefault;
