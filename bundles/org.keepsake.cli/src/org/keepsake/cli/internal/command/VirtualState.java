// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Path;

import org.keepsake.cli.internal.CliProblems;
import org.keepsake.virtual.StoredFiles;

import picocli.CommandLine.Option;

/** Which virtual iPhone: the folder that keeps it. */
public final class VirtualState {

	@Option(names = "--state", paramLabel = "DIR", required = true,
			description = "The folder that keeps the virtual iPhone.")
	private Path folder = Path.of("");

	Path folder() {
		return folder;
	}

	/** Opens the files of a device that was started at least once. */
	StoredFiles open() throws IOException {
		return StoredFiles.open(existing());
	}

	/** The folder of a device that was started at least once. */
	Path existing() throws IOException {
		if (!StoredFiles.isState(folder)) {
			throw CliProblems.NO_VIRTUAL_IPHONE.exception(folder);
		}
		return folder;
	}
}
