// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The places where backups are kept, as the window lists, adds and asks for them; without SWT. */
@NonNullByDefault
package org.keepsake.ui.internal.place;

import org.eclipse.jdt.annotation.NonNullByDefault;
