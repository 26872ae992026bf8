// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What a virtual iPhone holds: its file store, and the content that fills it. */
@NonNullByDefault
package org.keepsake.virtual.internal.content;

import org.eclipse.jdt.annotation.NonNullByDefault;
