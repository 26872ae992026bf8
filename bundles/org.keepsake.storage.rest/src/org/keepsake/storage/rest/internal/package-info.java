// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** REST Storage for repositories; contributed to the extension point, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.storage.rest.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
