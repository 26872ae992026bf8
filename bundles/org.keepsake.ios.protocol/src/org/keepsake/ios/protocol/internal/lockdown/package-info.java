// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The lockdown service: values, sessions, pairing, starting of other services. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.lockdown;

import org.eclipse.jdt.annotation.NonNullByDefault;
