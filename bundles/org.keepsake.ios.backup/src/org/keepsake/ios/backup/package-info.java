// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * What a backup is: manifest, key bag, encrypted files.
 */
@NonNullByDefault
package org.keepsake.ios.backup;

import org.eclipse.jdt.annotation.NonNullByDefault;
