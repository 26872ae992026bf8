// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * Keeps backups in a folder, in the layout of Apple's own programs, so that Finder, iTunes and Apple Devices restore
 * what Keepsake wrote and the reverse. Start with {@link org.keepsake.target.local.LocalTargetFactory}; everything
 * else is reached through the SPI in {@link org.keepsake.core.target}.
 */
@NonNullByDefault
package org.keepsake.target.local;

import org.eclipse.jdt.annotation.NonNullByDefault;
