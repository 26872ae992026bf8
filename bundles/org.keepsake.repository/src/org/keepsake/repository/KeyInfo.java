// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;

/**
 * A key of a repository: each opens it with its own password.
 *
 * @param id      names it
 * @param created when it was made
 * @param user    who made it, as the system names them
 * @param host    where it was made
 * @param inUse   whether the repository is open by it
 */
public record KeyInfo(BlobId id, Instant created, String user, String host, boolean inUse) {
}
