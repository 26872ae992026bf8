// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** What documents in PDF share: fonts for every script, and how a document begins and ends. */
@NonNullByDefault
package org.keepsake.pdf;

import org.eclipse.jdt.annotation.NonNullByDefault;
