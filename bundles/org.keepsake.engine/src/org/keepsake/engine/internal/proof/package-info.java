// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Proofs of a backup: of its content, and by a restore that is rehearsed. Not API. */
@NonNullByDefault
package org.keepsake.engine.internal.proof;

import org.eclipse.jdt.annotation.NonNullByDefault;
