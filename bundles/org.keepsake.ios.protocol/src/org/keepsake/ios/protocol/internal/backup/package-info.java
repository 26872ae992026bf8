// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** DeviceLink and mobilebackup2: the device asks, the host serves files. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.backup;

import org.eclipse.jdt.annotation.NonNullByDefault;
