// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Handlers of the window's commands. */
@NonNullByDefault
package org.keepsake.ui.internal.handler;

import org.eclipse.jdt.annotation.NonNullByDefault;
