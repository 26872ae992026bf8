// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * The rules of the house, held against the source tree: arrows between bundles, what they export, extension points and
 * what is contributed to them, and the look of the sources. Each rule is proved on a small house that breaks it.
 */
package org.keepsake.house;
