// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What the public classes are made of: how services are reached, how long is waited, how failures become problems. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
