// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Questions the window asks a person, and problems it tells. */
@NonNullByDefault
package org.keepsake.ui.internal.dialog;

import org.eclipse.jdt.annotation.NonNullByDefault;
