// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * How the folder is laid out and changed without ever losing a backup; {@code docs/formats/local-target.md} tells it
 * whole. {@link org.keepsake.target.local.internal.LocalTarget} is the entrance.
 */
@NonNullByDefault
package org.keepsake.target.local.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
