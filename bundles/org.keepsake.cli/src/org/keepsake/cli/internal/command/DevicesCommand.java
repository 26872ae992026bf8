// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;

import picocli.CommandLine.Command;

/** {@code keepsake devices}. */
@Command(name = "devices", description = "Lists the connected devices.",
		footer = { "", "Examples:", "  keepsake devices", "  keepsake devices --json | jq -r '.[].udid'" })
public final class DevicesCommand implements Callable<Integer> {

	private final Cli cli;

	/** One run of the command. */
	public DevicesCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		List<Udid> udids = cli.engine().devices().list();
		List<JsonObject> objects = new ArrayList<>();
		Table table = new Table(Set.of(), "NAME", "MODEL", "IOS", "CONNECTION", "STATE", "LAST BACKUP", "UDID");
		for (Udid udid : udids) {
			Instant lastBackup = cli.engine().lastBackup(udid);
			String date = lastBackup == null ? "never" : Human.date(lastBackup, cli.zone());
			try {
				DeviceDetails device = cli.engine().devices().describe(udid);
				objects.add(DeviceOutput.json(device, lastBackup));
				table.add(Human.orDash(device.name()), Human.orDash(device.model()),
						Human.orDash(device.iosVersion()),
						switch (device.connection()) {
							case USB -> "cable";
							case NETWORK -> "Wi-Fi";
						}, state(device), date, udid.value());
			} catch (ProblemException e) {
				objects.add(DeviceOutput.silentJson(udid, lastBackup));
				table.add("–", "–", "–", "–", "does not answer", date, udid.value());
				cli.warn(udid.value() + ": " + e.problem().title() + ". " + e.problem().remedy());
			}
		}
		if (cli.json()) {
			cli.print(objects);
		} else if (udids.isEmpty()) {
			cli.say("No device is connected. Connect an iPhone or iPad with a cable, unlock it, and tap Trust if it "
					+ "asks.");
			cli.say("Without a device, try: keepsake demo");
		} else {
			table.lines().forEach(cli::print);
		}
		return Cli.DONE;
	}

	private static String state(DeviceDetails device) {
		if (!device.paired()) {
			return "not paired";
		}
		String locked = Boolean.TRUE.equals(device.locked()) ? "locked" : "ready";
		return Boolean.TRUE.equals(device.encryption()) ? locked + ", encrypted" : locked;
	}
}
