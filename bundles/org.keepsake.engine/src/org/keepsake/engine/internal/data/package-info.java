// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What is in a backup: data sets and exporters of many authors, guarded. Not API. */
@NonNullByDefault
package org.keepsake.engine.internal.data;

import org.eclipse.jdt.annotation.NonNullByDefault;
