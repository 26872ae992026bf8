// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What is in a backup, as the window shows it: opened, counted, read page by page, searched, written out. No SWT. */
@NonNullByDefault
package org.keepsake.ui.internal.inside;

import org.eclipse.jdt.annotation.NonNullByDefault;
