// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake info}. */
@Command(name = "info", description = "Shows what is known of a connected device.",
		footer = { "", "Examples:", "  keepsake info", "  keepsake info 00008120-000123456789ABCD --json" })
public final class InfoCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	/** One run of the command. */
	public InfoCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		DeviceDetails details = cli.engine().devices().describe(device);
		Instant lastBackup = cli.engine().lastBackup(device);
		if (cli.json()) {
			cli.print(DeviceOutput.json(details, lastBackup).put("buildVersion", details.buildVersion())
					.put("serialNumber", details.serialNumber()).put("passcodeSet", details.passcodeSet())
					.put("encryptionRequired", details.encryptionRequired()).put("findMyOn", details.findMyOn())
					.put("supervised", details.supervised()).put("charging", details.charging())
					.put("cloudBackup", details.cloudBackup()).put("lastCloudBackup", details.lastCloudBackup()));
			return Cli.DONE;
		}
		print(details, lastBackup);
		if (!details.paired()) {
			cli.say("The device tells more once it trusts this computer: keepsake pair");
		}
		return Cli.DONE;
	}

	private void print(DeviceDetails details, @Nullable Instant lastBackup) {
		cli.print(cli.outStyle().strong(DeviceOutput.label(details)));
		line("Model", Human.orDash(details.model()) + (details.model().equals(details.productType()) ? ""
				: " (" + Human.orDash(details.productType()) + ")"));
		String build = details.buildVersion();
		line("System", "iOS " + Human.orDash(details.iosVersion())
				+ (build == null ? "" : " (" + Human.printable(build) + ")"));
		line("UDID", details.udid().value());
		line("Serial number", Human.orDash(details.serialNumber()));
		line("Trusts this computer", Human.yesNo(Boolean.valueOf(details.paired())));
		line("Locked now", Human.yesNo(details.locked()));
		line("Passcode set", Human.yesNo(details.passcodeSet()));
		line("Storage", Human.bytes(details.freeBytes()) + " free of " + Human.bytes(details.capacityBytes()));
		Integer battery = details.batteryPercent();
		line("Battery", battery == null ? "–"
				: battery + " %" + (Boolean.TRUE.equals(details.charging()) ? ", charging" : ""));
		line("Encrypted backups", Human.yesNo(details.encryption())
				+ (Boolean.TRUE.equals(details.encryptionRequired()) ? ", demanded by a profile" : ""));
		line("Last backup", lastBackup == null ? "never" : Human.date(lastBackup, cli.zone()));
		line("iCloud Backup", Human.yesNo(details.cloudBackup()) + (details.lastCloudBackup() == null ? ""
				: ", last " + Human.date(details.lastCloudBackup(), cli.zone())));
		line("Find My", Human.yesNo(details.findMyOn()));
		line("Supervised", Human.yesNo(details.supervised()));
	}

	private void line(String label, String value) {
		cli.print(String.format("  %-22s%s", label, value));
	}
}
