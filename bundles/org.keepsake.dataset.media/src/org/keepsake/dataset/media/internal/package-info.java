// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Photos and Recordings of a backup; contributed to the extension points, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.dataset.media.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
