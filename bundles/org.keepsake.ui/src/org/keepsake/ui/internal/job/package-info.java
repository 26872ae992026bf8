// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Long jobs as the window runs them. */
@NonNullByDefault
package org.keepsake.ui.internal.job;

import org.eclipse.jdt.annotation.NonNullByDefault;
