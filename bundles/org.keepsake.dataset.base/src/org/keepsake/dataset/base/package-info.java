// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What data sets of Apple's databases have in common. */
@NonNullByDefault
package org.keepsake.dataset.base;

import org.eclipse.jdt.annotation.NonNullByDefault;
