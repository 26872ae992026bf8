// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The language of usbmuxd, the daemon that owns the cable: which devices are there, connections to their ports, pair
 * records. For transports that reach such a daemon; start with {@link org.keepsake.ios.protocol.mux.MuxClient}.
 */
@NonNullByDefault
package org.keepsake.ios.protocol.mux;

import org.eclipse.jdt.annotation.NonNullByDefault;
