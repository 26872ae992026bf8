// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** View models of the window: what is shown and what can be done, without SWT. */
@NonNullByDefault
package org.keepsake.ui.internal.model;

import org.eclipse.jdt.annotation.NonNullByDefault;
