// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The command line: parses, calls the engine, prints. The tree of commands is built by
 * {@link org.keepsake.cli.internal.KeepsakeCommand} and runs without OSGi;
 * {@link org.keepsake.cli.internal.CommandLineApplication} starts it inside Equinox.
 */
@NonNullByDefault
package org.keepsake.cli.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
