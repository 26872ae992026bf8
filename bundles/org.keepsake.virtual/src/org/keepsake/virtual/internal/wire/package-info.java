// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Connections as the device sees them: plain or TLS, counted, and broken on demand; property lists in frames. */
@NonNullByDefault
package org.keepsake.virtual.internal.wire;

import org.eclipse.jdt.annotation.NonNullByDefault;
