// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Property lists, binary and XML, from sources that may lie. */
@NonNullByDefault
package org.keepsake.ios.backup.plist;

import org.eclipse.jdt.annotation.NonNullByDefault;
