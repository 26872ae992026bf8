// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** The plan of a restore, the files a device is shown meanwhile, and what follows. */
@NonNullByDefault
package org.keepsake.engine.internal.restore;

import org.eclipse.jdt.annotation.NonNullByDefault;
