// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/** Which virtual iPhone: the folder that keeps it. */
public final class VirtualState {

	@Option(names = "--state", paramLabel = "DIR", required = true,
			description = "The folder that keeps the virtual iPhone.")
	private Path folder = Path.of("");

	Path folder() {
		return folder;
	}
}
