// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Trying things with virtual iPhones: their files listed, changed and compared, and the whole journey as a demo. */
@NonNullByDefault
package org.keepsake.cli.internal.trial;

import org.eclipse.jdt.annotation.NonNullByDefault;
