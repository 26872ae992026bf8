// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** What only this kind of store meets. The first argument is its location. Texts: {@code problems.properties}. */
final class SmbProblems {

	/** The server let us in as a guest, which nobody asked for. */
	static final ProblemType GUEST = ProblemType.of(SmbProblems.class, "smb.guest", Retry.AFTER_REMEDY);
	/** The server cannot encrypt, which is required. */
	static final ProblemType NOT_ENCRYPTED = ProblemType.of(SmbProblems.class, "smb.not-encrypted", Retry.AFTER_REMEDY);
	/** There is no password for the user. Second argument: the user. */
	static final ProblemType NO_PASSWORD = ProblemType.of(SmbProblems.class, "smb.no-password", Retry.AFTER_REMEDY);
	/** The server knows the old protocol only, or it is no server for shares. */
	static final ProblemType OLD = ProblemType.of(SmbProblems.class, "smb.old", Retry.AFTER_REMEDY);

	private SmbProblems() {
	}
}
