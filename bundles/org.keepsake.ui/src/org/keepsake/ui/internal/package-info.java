// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * The e4 workbench.
 */
@NonNullByDefault
package org.keepsake.ui.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
