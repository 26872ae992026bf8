// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What targets have in common, for authors of targets: {@link org.keepsake.target.base.DeviceLock}. */
@NonNullByDefault
package org.keepsake.target.base;

import org.eclipse.jdt.annotation.NonNullByDefault;
