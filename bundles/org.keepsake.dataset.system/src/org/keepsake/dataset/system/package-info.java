// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The records of Wi-Fi networks, the keychain, and apps. */
@NonNullByDefault
package org.keepsake.dataset.system;

import org.eclipse.jdt.annotation.NonNullByDefault;
