// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

/** A reference to another object of a keyed archive. */
record Uid(int index) {
}
