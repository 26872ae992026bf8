// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The search index over what is in a backup. Not API. */
@NonNullByDefault
package org.keepsake.engine.internal.search;

import org.eclipse.jdt.annotation.NonNullByDefault;
