// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The report on a backup that a person keeps, as a web page and as PDF. Not API. */
@NonNullByDefault
package org.keepsake.engine.internal.report;

import org.eclipse.jdt.annotation.NonNullByDefault;
