// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The disks of this computer: how files are written to them fast, and how one says that it is full. */
@NonNullByDefault
package org.keepsake.disk;

import org.eclipse.jdt.annotation.NonNullByDefault;
