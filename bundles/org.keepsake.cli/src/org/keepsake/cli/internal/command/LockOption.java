// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.time.Duration;

import picocli.CommandLine.Option;

/** How long to wait for others who work on the repository. */
public final class LockOption {

	@Option(names = "--retry-lock", paramLabel = "DURATION", converter = DurationConverter.class, defaultValue = "0s",
			description = "Try again for so long while somebody else has the repository for himself, such as 30s, 5m or "
					+ "2h; not at all if left out.")
	private Duration patience = Duration.ZERO;

	/** For how long. */
	Duration patience() {
		return patience;
	}
}
