// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Checklist;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.RestorePlan;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.ios.backup.BackupProblems;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake restore}. */
@Command(name = "restore",
		description = { "Restores a backup onto a device, the same or another.",
				"What is on the device is replaced by what is in the backup. Before the device is touched, the password, the "
						+ "room and the iOS version are checked, what will happen is shown, and you are asked. Without "
						+ "further options the device keeps its settings and what is not in the backup, no system files "
						+ "are restored, and the device restarts afterwards." },
		footer = { "", "Examples:", "  keepsake restore latest --device 00008120-000123456789ABCD",
				"  keepsake restore ./backups/00008120-000123456789ABCD --device 00008130-000123456789ABCD --yes",
				"  keepsake restore 3f2a91c4 --device 00008120-000123456789ABCD \\",
				"      --system-files --no-keep-settings --remove-others        as Finder restores" })
public final class RestoreCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Option(names = "--device", paramLabel = "UDID", required = true, converter = UdidConverter.class,
			description = "The device to restore onto. For latest: its own newest backup, or else the newest there is if "
					+ "all are of one device.")
	private @Nullable Udid device;

	@Option(names = "--system-files", description = "Restore system files too, not only apps, data and media.")
	private boolean systemFiles;

	@Option(names = "--keep-settings", negatable = true, defaultValue = "true", fallbackValue = "true",
			description = "Keep the device's present settings instead of the backup's, or do not; kept if left out.")
	private boolean keepSettings = true;

	@Option(names = "--copy-first",
			description = "Let the device make a safety copy of its data first; it needs room for it.")
	private boolean copyFirst;

	@Option(names = "--remove-others", description = "Remove from the device what is not in the backup.")
	private boolean removeOthers;

	@Option(names = "--no-reboot", description = "Do not restart the device afterwards.")
	private boolean noReboot;

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	/** A checked request, with the password as far as one is needed, which its owner closes. */
	private record Prepared(RestoreRequest request, RestorePlan plan) {
	}

	/** One run of the command. */
	public RestoreCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid onto = cli.engine().devices().choose(device);
		KeptBackup kept = find(onto);
		Prepared prepared = prepare(kept, onto);
		try (Secret secret = prepared.request().password()) {
			show(kept, prepared.plan());
			Problem blocker = prepared.plan().blocker();
			if (blocker != null) {
				throw new ProblemException(blocker, null);
			}
			if (!yes) {
				cli.confirm("What is on " + DeviceOutput.label(prepared.plan().device()) + " would be replaced", "yes");
			}
			tell(prepared.plan(), cli.run(monitor -> cli.engine().restore(prepared.request(), monitor)));
			if (secret != null && password.remember()) {
				cli.engine().passwords().remember(kept.snapshot().summary().udid(), secret);
			}
		}
		return Cli.DONE;
	}

	/** The word {@code latest} means the device's own newest backup, if it has any. */
	private KeptBackup find(Udid onto) throws IOException {
		boolean own = snapshot.reference().equalsIgnoreCase(SnapshotArgument.LATEST)
				&& !cli.engine().snapshots(snapshot.target(cli), onto, problem -> {
				}).isEmpty();
		return snapshot.find(cli, own ? onto : null);
	}

	private Prepared prepare(KeptBackup kept, Udid onto) throws IOException {
		if (!kept.snapshot().summary().encrypted()) {
			return plan(request(kept, onto, null));
		}
		PasswordOptions unremembered = new PasswordOptions(password.file());
		return new Passwords(cli).unlocking(kept.snapshot().summary().udid(), "The backup is encrypted", unremembered,
				secret -> {
					Secret copy = secret.copy();
					try {
						return proven(plan(request(kept, onto, copy)));
					} catch (IOException | RuntimeException e) {
						copy.close();
						throw e;
					}
				});
	}

	/** A wrong password is asked for again at once. */
	private static Prepared proven(Prepared prepared) throws ProblemException {
		Problem blocker = prepared.plan().blocker();
		if (blocker != null && BackupProblems.WRONG_PASSWORD.matches(blocker)) {
			throw new ProblemException(blocker, null);
		}
		return prepared;
	}

	private RestoreRequest request(KeptBackup kept, Udid onto, @Nullable Secret secret) {
		return new RestoreRequest(kept, onto, secret, systemFiles, keepSettings, copyFirst, removeOthers, !noReboot);
	}

	private Prepared plan(RestoreRequest request) throws IOException {
		return new Prepared(request, cli.run(monitor -> cli.engine().planRestore(request, monitor)));
	}

	private void show(KeptBackup kept, RestorePlan plan) {
		if (cli.json()) {
			cli.print(JsonObject.event("plan").put("snapshot", kept.snapshot().id().value())
					.put("device", plan.device().udid().value()).put("verdict", plan.verdict())
					.put("warnings", plan.warnings())
					.put("findings", plan.findings().stream().map(FindingOutput::json).toList()));
			return;
		}
		cli.say("Restore   " + SnapshotOutput.line(kept, cli.zone()));
		cli.say("onto      " + DeviceOutput.label(plan.device()) + ", " + Human.orDash(plan.device().model()) + ", iOS "
				+ Human.orDash(plan.device().iosVersion()));
		for (String warning : plan.warnings()) {
			cli.say(cli.errStyle().warn("  !  ") + Human.printable(warning));
		}
		FindingOutput.sayAllButGood(cli, plan.findings());
		cli.say(Human.printable(plan.verdict()));
	}

	private void tell(RestorePlan plan, RestoreResult result) {
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("device", plan.device().udid().value())
					.put("filesSent", Long.valueOf(result.transfer().filesSent()))
					.put("bytesSent", Long.valueOf(result.transfer().bytesSent()))
					.put("seconds", Double.valueOf(result.duration().toMillis() / 1000.0))
					.put("confirmed", result.confirmed()).put("remaining", result.remaining())
					.put("checklist", json(result.checklist())));
			return;
		}
		cli.print(DeviceOutput.label(plan.device()) + " is restored: " + Human.files(result.transfer().filesSent())
				+ ", " + Human.bytes(result.transfer().bytesSent()) + " sent in "
				+ Human.exactDuration(result.duration()) + '.');
		list("The device confirms:", result.confirmed());
		list("What remains to do on the device:", result.remaining());
		Checklist checklist = result.checklist();
		list("What should be on it:", checklist.there().stream()
				.map(item -> item.title() + ": " + Human.number(item.count())).toList());
		list("What it fetches later:", checklist.later());
		list("What the backup never had:", checklist.never());
	}

	private static JsonObject json(Checklist checklist) {
		return new JsonObject()
				.put("there", checklist.there().stream()
						.map(item -> new JsonObject().put("dataSet", item.dataSet()).put("title", item.title())
								.put("records", Long.valueOf(item.count())))
						.toList())
				.put("later", checklist.later()).put("never", checklist.never());
	}

	private void list(String heading, List<String> sentences) {
		if (!sentences.isEmpty()) {
			cli.print(heading);
			sentences.forEach(sentence -> cli.print("  - " + Human.printable(sentence)));
		}
	}
}
