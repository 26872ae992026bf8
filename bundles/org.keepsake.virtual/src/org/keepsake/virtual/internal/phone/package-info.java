// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** One virtual iPhone: who it is, what it is set to, whom it trusts, and how it misbehaves. */
@NonNullByDefault
package org.keepsake.virtual.internal.phone;

import org.eclipse.jdt.annotation.NonNullByDefault;
