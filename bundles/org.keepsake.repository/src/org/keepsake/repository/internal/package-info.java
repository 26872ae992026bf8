// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** How the restic format is read and written; not for use by other bundles. */
@NonNullByDefault
package org.keepsake.repository.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
