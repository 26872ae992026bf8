// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest extends CommandTest {

	private List<CommandSpec> all() {
		List<CommandSpec> all = new ArrayList<>();
		collect(new KeepsakeCommand(new Cli("0.1.0", terminal, environment, variables -> engine, interrupts))
				.commandLine(), all);
		return all;
	}

	private static void collect(CommandLine line, List<CommandSpec> all) {
		all.add(line.getCommandSpec());
		line.getSubcommands().values().forEach(child -> collect(child, all));
	}

	@Test
	void hasTheCommandsThatOthersRelyOn() {
		List<String> names = all().stream().map(CommandSpec::qualifiedName).toList();
		assertEquals(List.of("keepsake", "keepsake devices", "keepsake info", "keepsake pair", "keepsake unpair",
				"keepsake encryption", "keepsake encryption on", "keepsake encryption off",
				"keepsake encryption change",
				"keepsake backup", "keepsake snapshots", "keepsake verify", "keepsake restore", "keepsake data",
				"keepsake search", "keepsake diff", "keepsake report", "keepsake files",
				"keepsake extract", "keepsake delete", "keepsake import", "keepsake export", "keepsake targets",
				"keepsake targets list",
				"keepsake targets add", "keepsake targets set", "keepsake targets remove", "keepsake targets check",
				"keepsake targets login", "keepsake targets logout", "keepsake repo", "keepsake repo init",
				"keepsake repo keys", "keepsake repo keys list", "keepsake repo keys add", "keepsake repo keys remove",
				"keepsake repo keys change", "keepsake repo snapshots", "keepsake repo stats", "keepsake repo check",
				"keepsake repo repair", "keepsake repo forget", "keepsake repo prune", "keepsake repo unlock",
				"keepsake repo copy", "keepsake doctor",
				"keepsake erase", "keepsake virtual", "keepsake virtual start", "keepsake virtual reset",
				"keepsake virtual tree", "keepsake virtual content", "keepsake virtual faults", "keepsake demo",
				"keepsake completion",
				"keepsake help"), names);
	}

	@TestFactory
	Stream<DynamicTest> everyCommandTeachesWithExamples() {
		return all().stream()
				.map(spec -> DynamicTest.dynamicTest(spec.qualifiedName(), () -> {
					String help = spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
					assertTrue(help.contains("Examples:"), help);
					assertTrue(help.contains("--json"), help);
					assertTrue(help.contains("--help"), help);
					assertTrue(spec.usageMessage().description().length > 0, "no description");
					spec.options().forEach(option -> assertTrue(option.description().length > 0, option.longestName()));
					spec.positionalParameters()
							.forEach(parameter -> assertTrue(parameter.description().length > 0,
									parameter.paramLabel()));
					help.lines().forEach(line -> assertTrue(line.length() <= 101, line));
				}));
	}

	@Test
	void helpOfOneCommandIsTheSameByOptionAndByCommand() {
		assertEquals(0, run("backup", "--help"));
		String byOption = terminal.outText();
		assertEquals(0, run("help", "backup"));
		assertEquals(byOption + byOption, terminal.outText());
	}

	@Test
	void versionIsOneLine() {
		assertOut(0, "keepsake 0.1.0\n", "--version");
	}

	@Test
	void unknownOptionIsAUsageErrorThatNamesTheHelp() {
		assertOut(2, "", "backup", "--ful");
		assertTrue(terminal.errText().contains("--ful"), terminal.errText());
		assertTrue(terminal.errText().endsWith("Try: keepsake backup --help\n"), terminal.errText());
	}

	@Test
	void unknownCommandSuggestsTheNearest() {
		assertOut(2, "", "bakup");
		assertTrue(terminal.errText().startsWith("keepsake: There is no command 'bakup'\n"), terminal.errText());
		assertTrue(terminal.errText().contains("keepsake backup"), terminal.errText());
	}

	@Test
	void noCommandIsAUsageError() {
		assertOut(2, "");
		assertTrue(terminal.errText().contains("Try: keepsake --help"), terminal.errText());
	}

	@Test
	void usageErrorIsTellableToAProgram() {
		assertEquals(2, run("info", "not a udid", "--json"));
		assertTrue(terminal.outText().startsWith("{\"event\":\"failed\",\"problem\":{\"code\":\"cli.usage\""),
				terminal.outText());
	}

	@Test
	void completionKnowsEveryCommand() {
		assertEquals(0, run("completion", "bash"));
		for (CommandSpec spec : all()) {
			assertTrue(terminal.outText().contains(spec.name()), spec.name());
		}
	}

	@Test
	void thePageForScriptsNamesEveryCommandAndOption() throws IOException {
		Path page = Path.of(System.getProperty("keepsake.root", ""), "docs", "command-line.md");
		String text = Files.readString(page);
		for (CommandSpec spec : all()) {
			assertTrue(text.contains(spec.qualifiedName()), spec.qualifiedName());
			spec.options().forEach(option -> assertTrue(text.contains(option.longestName()),
					spec.qualifiedName() + ' ' + option.longestName()));
		}
	}

	@Test
	void passwordsAreNeverArguments() {
		for (CommandSpec spec : all()) {
			spec.options().forEach(option -> assertTrue(
					!option.longestName().contains("password") || option.type() == boolean.class
							|| option.longestName().endsWith("-file"),
					spec.qualifiedName() + ' ' + option.longestName()));
		}
	}
}
