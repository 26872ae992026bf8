// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The device's lockdownd: values, pairing, sessions, and the start of services. */
@NonNullByDefault
package org.keepsake.virtual.internal.lockdown;

import org.eclipse.jdt.annotation.NonNullByDefault;
