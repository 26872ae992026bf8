// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** Preflight, the backup job with its decisions, and the change of the backup password. */
@NonNullByDefault
package org.keepsake.engine.internal.backup;

import org.eclipse.jdt.annotation.NonNullByDefault;
