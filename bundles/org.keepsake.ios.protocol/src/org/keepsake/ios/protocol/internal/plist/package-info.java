// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Property lists, XML and binary, as plain Java values; every length and depth is bounded before memory is taken. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.plist;

import org.eclipse.jdt.annotation.NonNullByDefault;
