// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Formats that every data set can be written in; contributed to the extension point, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.export.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
