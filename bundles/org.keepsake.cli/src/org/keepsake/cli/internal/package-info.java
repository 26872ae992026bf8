// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * The command line: parses, calls the engine, prints.
 */
@NonNullByDefault
package org.keepsake.cli.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
