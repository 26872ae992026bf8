// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.FileFilter;

import picocli.CommandLine.Option;

/** Which files of a backup. */
public final class FileSelection {

	@Option(names = "--domain", paramLabel = "DOMAIN",
			description = "Only this domain, such as CameraRollDomain; * stands for anything: AppDomain-*")
	private @Nullable String domain;

	@Option(names = "--path", paramLabel = "GLOB",
			description = "Only paths like this: * within a folder's name, ** across folders, ? one character.")
	private @Nullable String path;

	FileFilter filter() {
		return new FileFilter(domain, path);
	}
}
