// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Key bag, key derivation and key wrapping of encrypted backups. */
@NonNullByDefault
package org.keepsake.ios.backup.internal.crypto;

import org.eclipse.jdt.annotation.NonNullByDefault;
