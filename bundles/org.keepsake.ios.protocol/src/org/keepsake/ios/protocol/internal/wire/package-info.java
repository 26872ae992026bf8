// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Bytes of one connection: buffers, frames and TLS over a {@link org.keepsake.core.transport.DeviceChannel}. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.wire;

import org.eclipse.jdt.annotation.NonNullByDefault;
