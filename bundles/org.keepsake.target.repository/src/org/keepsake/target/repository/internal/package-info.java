// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Backups as snapshots of a repository, wherever a storage puts it; contributed to the extension point. */
@NonNullByDefault
package org.keepsake.target.repository.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
