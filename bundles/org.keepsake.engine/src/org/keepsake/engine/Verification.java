// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.time.Instant;

/**
 * A verification of a kept backup, as the journal remembers it.
 *
 * @param when    when it ended
 * @param level   how much it proved
 * @param damaged how many files or data sets were damaged; 0 for a sound backup
 */
public record Verification(Instant when, ProofLevel level, long damaged) {
}
