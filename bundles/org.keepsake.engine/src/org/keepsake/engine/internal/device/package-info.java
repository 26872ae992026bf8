// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** Devices over all transports, and the seam behind which their protocol lies. */
@NonNullByDefault
package org.keepsake.engine.internal.device;

import org.eclipse.jdt.annotation.NonNullByDefault;
