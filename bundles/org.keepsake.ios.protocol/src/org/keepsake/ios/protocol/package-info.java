// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * How to talk to a device: lockdown, pairing and TLS, mobilebackup2, and the services around a backup, over any
 * {@link org.keepsake.core.transport.Transport}. Start with {@link org.keepsake.ios.protocol.DeviceClient}.
 */
@NonNullByDefault
package org.keepsake.ios.protocol;

import org.eclipse.jdt.annotation.NonNullByDefault;
