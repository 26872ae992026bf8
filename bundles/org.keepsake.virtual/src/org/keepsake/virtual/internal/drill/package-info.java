// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Virtual iPhones that restores are rehearsed on. */
@NonNullByDefault
package org.keepsake.virtual.internal.drill;

import org.eclipse.jdt.annotation.NonNullByDefault;
