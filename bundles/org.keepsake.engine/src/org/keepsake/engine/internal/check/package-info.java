// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** The doctor. */
@NonNullByDefault
package org.keepsake.engine.internal.check;

import org.eclipse.jdt.annotation.NonNullByDefault;
