// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** How results, progress and problems look: as text for a person, as JSON for a program. */
@NonNullByDefault
package org.keepsake.cli.internal.output;

import org.eclipse.jdt.annotation.NonNullByDefault;
