// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** How a backup is read, verified and extracted. */
@NonNullByDefault
package org.keepsake.ios.backup.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
