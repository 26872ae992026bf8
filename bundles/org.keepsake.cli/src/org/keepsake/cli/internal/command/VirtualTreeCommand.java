// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.trial.FileTree;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake virtual tree}. */
@Command(name = "tree",
		description = { "Lists all that a virtual iPhone holds: domain, path, size and SHA-256, separated by tabs.",
				"Folders have a dash for their digest, links their target after an arrow. Tabs, line ends and backslashes in "
						+ "names are written \\t, \\n, \\r and \\\\. With --json one object per entry and line." },
		footer = { "", "Examples:", "  keepsake virtual tree --state ./phone",
				"  diff <(keepsake virtual tree --state ./old) <(keepsake virtual tree --state ./new)" })
public final class VirtualTreeCommand implements Callable<Integer> {

	private static final int LOOK_AFTER = 1000;

	private final Cli cli;

	@Mixin
	private VirtualState state = new VirtualState();

	private long listed;

	/** One run of the command. */
	public VirtualTreeCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		PrintStream out = cli.terminal().out();
		try (VirtualFiles files = VirtualIPhones.openFiles(state.folder())) {
			FileTree.visit(files, entry -> {
				out.println(cli.json() ? json(entry).toString() : line(entry));
				if (++listed % LOOK_AFTER == 0 && out.checkError()) {
					throw new CancelledException();
				}
			}, JobMonitor.NONE);
		}
		return Cli.DONE;
	}

	private static JsonObject json(FileTree.Entry entry) {
		VirtualFile file = entry.file();
		return new JsonObject().put("domain", file.domain()).put("path", file.path())
				.put("kind", file.kind().name().toLowerCase(Locale.ROOT)).put("size", Long.valueOf(file.sizeBytes()))
				.put("sha256", entry.sha256()).put("mode", Integer.valueOf(file.mode()))
				.put("modified", file.modified()).put("protectionClass", Integer.valueOf(file.protectionClass()))
				.put("linkTarget", file.linkTarget());
	}

	private static String line(FileTree.Entry entry) {
		VirtualFile file = entry.file();
		String digest = switch (file.kind()) {
			case FILE -> String.valueOf(entry.sha256());
			case DIRECTORY -> "-";
			case LINK -> "-> " + escaped(String.valueOf(file.linkTarget()));
		};
		return escaped(file.domain()) + '\t' + escaped(file.path()) + '\t' + file.sizeBytes() + '\t' + digest;
	}

	private static String escaped(String name) {
		return name.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
	}
}
