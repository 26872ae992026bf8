// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * Where a repository keeps its files: named blobs that are put once, read in part, listed and deleted. A folder, an
 * object store, a server. Contributed by bundles to the extension point {@code org.keepsake.core.storages}.
 */
@NonNullByDefault
package org.keepsake.core.storage;

import org.eclipse.jdt.annotation.NonNullByDefault;
