// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.cli.internal.terminal.Interrupts;

/** What tests of commands share: an engine and a terminal that are not real, in English and in one time zone. */
abstract class CommandTest {

	final FakeEngine engine = new FakeEngine();
	final FakeTerminal terminal = new FakeTerminal();
	final Map<String, String> environment = new HashMap<>();
	final List<Integer> exits = new ArrayList<>();
	final Interrupts interrupts = new Interrupts(exits::add, exits::add, Duration.ofHours(1));

	private final Locale locale = Locale.getDefault();
	private final TimeZone zone = TimeZone.getDefault();

	@TempDir
	Path home = Path.of("");

	@BeforeEach
	void beInEngland() {
		engine.home = home;
		Locale.setDefault(Locale.UK);
		TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
	}

	@AfterEach
	void comeHome() {
		Locale.setDefault(locale);
		TimeZone.setDefault(zone);
	}

	/** Runs the command and returns its exit status. */
	int run(String... arguments) {
		return new KeepsakeCommand(new Cli("0.1.0", terminal, environment, variables -> engine, interrupts))
				.run(arguments);
	}

	/** The command must end with this status, and write this to standard output. */
	void assertOut(int status, String out, String... arguments) {
		int actual = run(arguments);
		assertEquals(out, terminal.outText(), terminal::errText);
		assertEquals(status, actual, terminal::errText);
	}
}
