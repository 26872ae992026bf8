// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** Where backups are kept: configured targets, the shelf of versions, and what is read of a kept backup. */
@NonNullByDefault
package org.keepsake.engine.internal.keep;

import org.eclipse.jdt.annotation.NonNullByDefault;
