// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Messages of a backup; contributed to the extension points, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.dataset.messages.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
