// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.terminal.Interrupts;
import org.keepsake.cli.internal.terminal.LineInput;
import org.keepsake.core.CancelledException;
import org.keepsake.engine.Human;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake virtual start}. */
@Command(name = "start",
		description = { "Starts virtual iPhones behind a usbmuxd of their own, until Ctrl-C.",
				"Prints the address for USBMUXD_SOCKET_ADDRESS, with which Keepsake and other programs find them. The options "
						+ "say what a new device is like; one that is kept in the folder already stays what it is." },
		footer = { "", "Examples:", "  keepsake virtual start --port 27015 --state ./phone",
				"  keepsake virtual start --port 0 --state ./phone --files 20000 --bytes 4GiB",
				"  keepsake virtual start --port 27015 --state ./phones --count 3 --trust ask --console" })
public final class VirtualStartCommand implements Callable<Integer> {

	/** A choice with two values, spelled as people say it. */
	enum Switch {
		/** Yes. */
		ON,
		/** No. */
		OFF
	}

	private static final String COMMANDS = "trust, deny, lock, unlock, unplug, plug, faults NAME=VALUE,…";

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private VirtualState state = new VirtualState();

	@Option(names = "--port", paramLabel = "P", defaultValue = "0",
			description = "The port on this computer to listen at; 0 or left out for any free one.")
	private int port;

	@Option(names = "--udid", paramLabel = "U",
			description = "The device's identifier; made from the seed if left out.")
	private @Nullable String udid;

	@Option(names = "--name", paramLabel = "N", description = "The device's name.")
	private @Nullable String name;

	@Option(names = "--ios", paramLabel = "V", description = "Its iOS version; the newest known if left out.")
	private @Nullable String ios;

	@Option(names = "--profile", paramLabel = "P", defaultValue = "small",
			description = "How much it holds: small, family or heavy; small if left out.")
	private VirtualOptions.Profile profile = VirtualOptions.Profile.SMALL;

	@Option(names = "--files", paramLabel = "N", description = "Besides, that many generated files …")
	private int files;

	@Option(names = "--bytes", paramLabel = "B", converter = ByteCountConverter.class, defaultValue = "0",
			description = "… of that many bytes together, such as 400MiB.")
	private long bytes;

	@Option(names = "--seed", paramLabel = "S", defaultValue = "1",
			description = "The same seed gives the same device; 1 if left out.")
	private long seed = 1;

	@Option(names = "--passcode", paramLabel = "on|off", defaultValue = "off",
			description = "Whether it has a passcode; off if left out.")
	private Switch passcode = Switch.OFF;

	@Option(names = "--trust", paramLabel = "auto|ask|deny", defaultValue = "auto",
			description = "What happens when it asks whether to trust a computer: somebody taps Trust, nobody taps before "
					+ "you say so, or somebody taps Don't Trust; auto if left out.")
	private VirtualOptions.Trust trust = VirtualOptions.Trust.AUTO;

	@Option(names = "--blank", description = "A device fresh from the setup assistant.")
	private boolean blank;

	@Option(names = "--count", paramLabel = "N", defaultValue = "1",
			description = "How many devices; with more than one, each has a folder of its own, 1, 2, …, below DIR.")
	private int count = 1;

	@Option(names = "--faults", paramLabel = "NAME[=VALUE],…", description = "How it misbehaves, for tests.")
	private @Nullable String faults;

	@Option(names = "--fast-keys", description = "Derive keys with few rounds, for tests: such backups are not safe.")
	private boolean fastKeys;

	@Option(names = "--console", description = "Read commands from standard input: " + COMMANDS + ".")
	private boolean console;

	/** One run of the command. */
	public VirtualStartCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		check(port < 0 || port > 65535, "--port takes 0 to 65535, not " + port);
		check(count < 1, "--count takes 1 or more, not " + count);
		check(files < 0, "--files takes 0 or more, not " + files);
		check(count > 1 && udid != null, "--udid names one device; with --count they get identifiers of their own");
		Faults misbehaviour = parseFaults(faults);
		CountDownLatch end = new CountDownLatch(1);
		try (Interrupts.Running _ = cli.interrupts().cancelling(end::countDown);
				VirtualIPhones phones = VirtualIPhones.start(port, options())) {
			if (misbehaviour != null) {
				phones.udids().forEach(device -> phones.faults(device, misbehaviour));
			}
			announce(phones);
			if (console) {
				Thread.ofPlatform().daemon().name("virtual-console").start(() -> obey(phones));
			}
			end.await();
			return Cli.DONE;
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException();
		}
	}

	private void check(boolean wrong, String message) {
		if (wrong) {
			throw new ParameterException(spec.commandLine(), message);
		}
	}

	private @Nullable Faults parseFaults(@Nullable String text) {
		try {
			return text == null ? null : Faults.parse(text);
		} catch (IllegalArgumentException e) {
			throw new ParameterException(spec.commandLine(), "--faults: " + e.getMessage());
		}
	}

	private List<VirtualOptions> options() {
		return new VirtualOptions(state.folder(), udid, name, ios, profile, files, bytes, seed, passcode == Switch.ON,
				trust, blank, fastKeys).times(count);
	}

	private void announce(VirtualIPhones phones) {
		InetSocketAddress address = phones.address();
		String host = address.getAddress().getHostAddress();
		if (cli.json()) {
			cli.print(JsonObject.event("ready").put("port", Integer.valueOf(address.getPort()))
					.put("address", host + ':' + address.getPort()).put("udids", phones.udids()));
			return;
		}
		cli.print("USBMUXD_SOCKET_ADDRESS=" + host + ':' + address.getPort());
		cli.terminal().out().flush();
		phones.udids().forEach(device -> cli.say(Human.printable(phones.name(device)) + " (virtual, iOS "
				+ phones.iosVersion(device) + ", " + device + ") is connected."));
		cli.say(console ? "Commands: " + COMMANDS : "Ctrl-C unplugs and ends it.");
	}

	private void obey(VirtualIPhones phones) {
		LineInput input = new LineInput(cli.terminal().in(), StandardCharsets.UTF_8);
		try {
			String line;
			while ((line = input.readLine()) != null) {
				for (String device : phones.udids()) {
					obey(phones, device, line.strip());
				}
			}
		} catch (IOException e) {
			cli.warn("No more commands: " + e.getMessage());
		}
		if (cli.json()) {
			cli.print(JsonObject.event("notice").put("code", "virtual.console-ended").put("text",
					"The input ended; the devices run on.").put("urgent", Boolean.FALSE));
		}
	}

	private void obey(VirtualIPhones phones, String device, String line) {
		String[] words = line.split("\\s+", 2);
		switch (words[0].toLowerCase(Locale.ROOT)) {
			case "" -> {
				return;
			}
			case "trust" -> phones.answerTrust(device, true);
			case "deny" -> phones.answerTrust(device, false);
			case "lock" -> phones.lock(device, true);
			case "unlock" -> phones.lock(device, false);
			case "unplug" -> phones.unplug(device);
			case "plug" -> phones.plug(device);
			case "faults" -> phones.faults(device, Faults.parse(words.length == 1 ? "" : words[1]));
			default -> {
				cli.say("Commands: " + COMMANDS);
				return;
			}
		}
		cli.say(device + ": " + line);
	}
}
