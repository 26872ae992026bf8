// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Notes of a backup; contributed to the extension points, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.dataset.notes.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
