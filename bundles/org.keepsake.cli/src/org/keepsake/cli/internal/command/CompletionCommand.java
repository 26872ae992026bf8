// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.util.Locale;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake completion}. */
@Command(name = "completion", description = "Prints a script with which bash or zsh completes commands and options.",
		footer = { "", "Examples:", "  source <(keepsake completion bash)",
				"  keepsake completion bash > ~/.local/share/bash-completion/completions/keepsake",
				"  keepsake completion zsh >> ~/.zshrc" })
public final class CompletionCommand implements Callable<Integer> {

	/** The shells that one script serves: zsh reads bash's. */
	enum Shell {
		/** GNU Bash. */
		BASH,
		/** The Z shell, through its {@code bashcompinit}. */
		ZSH
	}

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", defaultValue = "bash",
			description = "bash or zsh; bash if left out.")
	private Shell shell = Shell.BASH;

	/** One run of the command. */
	public CompletionCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() {
		String script = AutoComplete.bash("keepsake", spec.root().commandLine());
		if (shell == Shell.ZSH) {
			script = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" + script;
		}
		if (cli.json()) {
			cli.print(new JsonObject().put("shell", shell.name().toLowerCase(Locale.ROOT)).put("script",
					script));
		} else {
			cli.terminal().out().print(script);
		}
		return Cli.DONE;
	}
}
