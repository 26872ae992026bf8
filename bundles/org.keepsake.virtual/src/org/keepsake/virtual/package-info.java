// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * A simulated iPhone behind a simulated usbmuxd, which speaks the real protocols with real cryptography. It shares no
 * code with the client side: it must be able to disagree. Start with {@link org.keepsake.virtual.VirtualIPhones}.
 */
@NonNullByDefault
package org.keepsake.virtual;

import org.eclipse.jdt.annotation.NonNullByDefault;
