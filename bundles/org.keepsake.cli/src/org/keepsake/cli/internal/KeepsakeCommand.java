// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

import org.keepsake.cli.internal.command.BackupCommand;
import org.keepsake.cli.internal.command.CompletionCommand;
import org.keepsake.cli.internal.command.DataCommand;
import org.keepsake.cli.internal.command.DeleteCommand;
import org.keepsake.cli.internal.command.DemoCommand;
import org.keepsake.cli.internal.command.DevicesCommand;
import org.keepsake.cli.internal.command.DiffCommand;
import org.keepsake.cli.internal.command.DoctorCommand;
import org.keepsake.cli.internal.command.EncryptionCommand;
import org.keepsake.cli.internal.command.EraseCommand;
import org.keepsake.cli.internal.command.ExportCommand;
import org.keepsake.cli.internal.command.ExtractCommand;
import org.keepsake.cli.internal.command.FilesCommand;
import org.keepsake.cli.internal.command.HelpCommand;
import org.keepsake.cli.internal.command.ImportCommand;
import org.keepsake.cli.internal.command.InfoCommand;
import org.keepsake.cli.internal.command.PairCommand;
import org.keepsake.cli.internal.command.RepoCommand;
import org.keepsake.cli.internal.command.ReportCommand;
import org.keepsake.cli.internal.command.RestoreCommand;
import org.keepsake.cli.internal.command.SearchCommand;
import org.keepsake.cli.internal.command.SnapshotsCommand;
import org.keepsake.cli.internal.command.TargetsCommand;
import org.keepsake.cli.internal.command.UnpairCommand;
import org.keepsake.cli.internal.command.VerifyCommand;
import org.keepsake.cli.internal.command.VirtualCommand;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.ProblemText;
import org.keepsake.cli.internal.output.Style;
import org.keepsake.core.Problem;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code keepsake}: the tree of commands, how they are made and run. One for each run. */
@Command(name = "keepsake", description = "Backs up iPhones and iPads, proves the backups, and restores them.",
		synopsisSubcommandLabel = "COMMAND", commandListHeading = "%nCommands:%n",
		footer = { "", "Examples:", "  keepsake devices                     what is connected",
				"  keepsake encryption on               protect the backups with a password",
				"  keepsake backup                      back the connected device up",
				"  keepsake verify latest               prove the newest backup",
				"  keepsake data latest                 what is in it: messages, contacts, photos, ...",
				"  keepsake restore latest --device UDID",
				"  keepsake demo                        try it all without a device",
				"  keepsake help backup                 more about one command" })
public final class KeepsakeCommand {

	private static final List<String> COMMANDS = List.of("devices", "info", "pair", "unpair", "encryption", "backup",
			"snapshots", "verify", "restore", "data", "search", "diff", "report", "files", "extract", "delete",
			"import",
			"export",
			"targets", "repo", "doctor", "erase", "virtual",
			"demo", "completion", "help");

	private static final int HELP_COLUMNS = 100;

	private final Cli cli;

	/** A command line over the given parts; nothing is opened yet. */
	public KeepsakeCommand(Cli cli) {
		this.cli = cli;
	}

	private Object make(String name) {
		return switch (name) {
			case "devices" -> new DevicesCommand(cli);
			case "info" -> new InfoCommand(cli);
			case "pair" -> new PairCommand(cli);
			case "unpair" -> new UnpairCommand(cli);
			case "encryption" -> new EncryptionCommand(cli);
			case "backup" -> new BackupCommand(cli);
			case "snapshots" -> new SnapshotsCommand(cli);
			case "verify" -> new VerifyCommand(cli);
			case "restore" -> new RestoreCommand(cli);
			case "data" -> new DataCommand(cli);
			case "search" -> new SearchCommand(cli);
			case "diff" -> new DiffCommand(cli);
			case "report" -> new ReportCommand(cli);
			case "files" -> new FilesCommand(cli);
			case "extract" -> new ExtractCommand(cli);
			case "delete" -> new DeleteCommand(cli);
			case "import" -> new ImportCommand(cli);
			case "export" -> new ExportCommand(cli);
			case "targets" -> new TargetsCommand(cli);
			case "repo" -> new RepoCommand(cli);
			case "doctor" -> new DoctorCommand(cli);
			case "erase" -> new EraseCommand(cli);
			case "virtual" -> new VirtualCommand(cli);
			case "demo" -> new DemoCommand(cli);
			case "completion" -> new CompletionCommand(cli);
			case "help" -> new HelpCommand(cli);
			default -> throw new IllegalArgumentException(name);
		};
	}

	@Option(names = "--json", scope = ScopeType.INHERIT,
			description = "Print JSON: one document, or for long jobs one object per line.")
	void json(boolean wanted) {
		cli.json(wanted);
	}

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT,
			description = "Show this help and end.")
	private boolean help;

	@Option(names = { "-V", "--version" }, versionHelp = true, description = "Print the version and end.")
	private boolean versionWanted;

	/** Parses and runs the command, tells its problem if it has one, and returns the exit status. */
	public int run(String... arguments) {
		cli.json(List.of(arguments).contains("--json"));
		try (cli) {
			return commandLine(arguments).execute(arguments);
		} catch (IOException e) {
			return cli.fail(e);
		}
	}

	/** The whole tree, for completion and tests. */
	public CommandLine commandLine() {
		return commandLine(new String[0]);
	}

	/**
	 * The tree; where the arguments begin with a command's name, of that command only, since reading the declarations of
	 * all takes a good part of the time in which a short command is done.
	 */
	private CommandLine commandLine(String[] arguments) {
		IFactory factory = new CommandFactory(cli);
		CommandLine line = new CommandLine(this, factory);
		String first = arguments.length == 0 ? "" : arguments[0];
		boolean one = COMMANDS.contains(first) && !first.equals("help") && !first.equals("completion");
		for (String name : one ? List.of(first) : COMMANDS) {
			line.addSubcommand(name, new CommandLine(make(name), factory));
		}
		line.getCommandSpec().version("keepsake " + cli.version());
		line.setUsageHelpWidth(HELP_COLUMNS);
		inDeclaredOrder(line);
		line.setOut(new PrintWriter(cli.terminal().out(), true));
		line.setErr(new PrintWriter(cli.terminal().err(), true));
		line.setColorScheme(CommandLine.Help.defaultColorScheme(cli.outStyle() == Style.COLOUR ? Ansi.ON : Ansi.OFF));
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.setOverwrittenOptionsAllowed(false);
		line.setExpandAtFiles(Boolean.FALSE);
		line.setExecutionExceptionHandler((failure, command, parsed) -> cli.fail(failure));
		line.setParameterExceptionHandler((failure, rest) -> misunderstood(failure));
		return line;
	}

	/** Options stand in the order in which they are explained. */
	private static void inDeclaredOrder(CommandLine line) {
		line.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
		line.getSubcommands().values().forEach(KeepsakeCommand::inDeclaredOrder);
	}

	private static String reason(ParameterException failure) {
		if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
			String argument = unmatched.getUnmatched().getFirst();
			return failure.getCommandLine().getSubcommands().isEmpty() ? "One argument too many: '" + argument + '\''
					: "There is no command '" + argument + '\'';
		}
		return String.valueOf(failure.getMessage());
	}

	private int misunderstood(ParameterException failure) {
		CommandLine command = failure.getCommandLine();
		String name = command.getCommandSpec().qualifiedName();
		Problem problem = CliProblems.USAGE.problem(reason(failure), name);
		if (cli.json()) {
			cli.print(JsonObject.event("failed").put("problem", ProblemText.json(problem)));
			return Cli.USAGE;
		}
		PrintWriter err = command.getErr();
		err.println(cli.errStyle().bad("keepsake: " + reason(failure)));
		UnmatchedArgumentException.printSuggestions(failure, err);
		err.println("Try: " + name + " --help");
		err.flush();
		return Cli.USAGE;
	}

	/** Makes commands that want the {@link Cli}, and everything else as picocli does. */
	private record CommandFactory(Cli cli) implements IFactory {
		@Override
		public <K> K create(Class<K> type) throws Exception {
			try {
				return type.getConstructor(Cli.class).newInstance(cli);
			} catch (NoSuchMethodException e) {
				return CommandLine.defaultFactory().create(type);
			}
		}
	}
}
