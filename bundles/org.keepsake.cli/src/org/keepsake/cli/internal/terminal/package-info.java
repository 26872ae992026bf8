// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The terminal, or whatever stands in its place: streams, width, questions, Ctrl-C. */
@NonNullByDefault
package org.keepsake.cli.internal.terminal;

import org.eclipse.jdt.annotation.NonNullByDefault;
