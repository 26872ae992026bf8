// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.sample;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** Problems with texts of their own, for the tests. */
public final class SampleProblems {

	/** Has two placeholders. */
	public static final ProblemType SAMPLE = ProblemType.of(SampleProblems.class, "test.sample", Retry.LATER);
	/** Has no cause. */
	public static final ProblemType PLAIN = ProblemType.of(SampleProblems.class, "test.plain", Retry.NEVER);
	/** Has no texts. */
	public static final ProblemType TEXTLESS = ProblemType.of(SampleProblems.class, "test.textless", Retry.NEVER);

	private SampleProblems() {
	}
}
