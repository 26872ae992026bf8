// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Room in a target.
 *
 * @param freeBytes  bytes that can still be written
 * @param totalBytes size of the whole, or the quota; null where unknown
 */
public record Capacity(long freeBytes, @Nullable Long totalBytes) {
}
