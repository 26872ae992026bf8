// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Health of a backup; contributed to the extension points, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.dataset.health.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
