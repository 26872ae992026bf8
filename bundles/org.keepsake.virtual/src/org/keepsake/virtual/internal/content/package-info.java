// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What a virtual iPhone holds: the {@link org.keepsake.virtual.internal.content.FileStore} keeps it, the
 * {@link org.keepsake.virtual.internal.content.ContentProfile} makes it up.
 */
@NonNullByDefault
package org.keepsake.virtual.internal.content;

import org.eclipse.jdt.annotation.NonNullByDefault;
