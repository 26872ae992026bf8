// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Parts of the window: they build widgets and bind them to view models. */
@NonNullByDefault
package org.keepsake.ui.internal.part;

import org.eclipse.jdt.annotation.NonNullByDefault;
