// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * Starts the framework: the class on the Java command line, and where the framework may write. Nobody depends on it,
 * and it knows no bundle of Keepsake but the names of the two applications.
 */
@NonNullByDefault
package org.keepsake.launcher.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
