// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** One class per command, and the options that several share. */
@NonNullByDefault
package org.keepsake.cli.internal.command;

import org.eclipse.jdt.annotation.NonNullByDefault;
