// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** What only this kind of store meets. The first argument is its location. Texts: {@code problems.properties}. */
final class SftpProblems {

	/** A private key is encrypted, and there is no passphrase or a wrong one. Second argument: its file. */
	static final ProblemType KEY_LOCKED = ProblemType.of(SftpProblems.class, "sftp.key-locked", Retry.AFTER_REMEDY);
	/** The private key that was asked for is not there or none. Second argument: its file. */
	static final ProblemType NO_KEY = ProblemType.of(SftpProblems.class, "sftp.no-key", Retry.AFTER_REMEDY);
	/** The host is only reached over another. Second argument: the option that says so. */
	static final ProblemType JUMP = ProblemType.of(SftpProblems.class, "sftp.jump", Retry.AFTER_REMEDY);

	private SftpProblems() {
	}
}
