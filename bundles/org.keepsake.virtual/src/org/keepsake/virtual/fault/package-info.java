// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Misbehaviour on demand, for tests. Start with {@link org.keepsake.virtual.fault.Faults}. */
@NonNullByDefault
package org.keepsake.virtual.fault;

import org.eclipse.jdt.annotation.NonNullByDefault;
