// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Versioned, deduplicated, encrypted snapshots in the restic repository format. */
@NonNullByDefault
package org.keepsake.repository;

import org.eclipse.jdt.annotation.NonNullByDefault;
