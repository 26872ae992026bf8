// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.ios.backup.VerifyReport.Damage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake verify}. */
@Command(name = "verify",
		description = { "Proves that a backup is whole.",
				"structure: every file of the backup's index is there with its size. crypto: besides, every file is read, "
						+ "decrypted and compared with its size, and with its digest where the device recorded one. "
						+ "content: every data set (messages, contacts, photos, ...) opens and is counted, and its databases are sound. drill: the backup is "
						+ "restored onto a simulated device, and every file and count is compared. From crypto on an "
						+ "encrypted backup needs its password. Damage ends with exit status 1." },
		footer = { "", "Examples:", "  keepsake verify latest", "  keepsake verify 3f2a91c4 --level crypto",
				"  keepsake verify latest --level drill                the whole way back, without a device",
				"  keepsake verify /media/disk/backups/00008120-000123456789ABCD --json" })
public final class VerifyCommand implements Callable<Integer> {

	private static final int MOST_SHOWN = 20;

	private final Cli cli;

	@Mixin
	private SnapshotArgument snapshot = new SnapshotArgument();

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	@Option(names = "--level", paramLabel = "LEVEL", defaultValue = "structure",
			description = "How much to prove: structure, crypto, content or drill; structure if left out.")
	private ProofLevel level = ProofLevel.STRUCTURE;

	/** One run of the command. */
	public VerifyCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeptBackup kept = snapshot.find(cli, device);
		cli.say("Verifying " + SnapshotOutput.line(kept, cli.zone()));
		if (level == ProofLevel.CONTENT || level == ProofLevel.DRILL) {
			return ProofOutput.tell(cli, prove(kept));
		}
		VerifyReport report = verify(kept);
		JsonObject members = json(report);
		List<Damage> damaged = report.damaged();
		if (!damaged.isEmpty()) {
			damaged.stream().limit(MOST_SHOWN).forEach(damage -> cli.say("  " + sentence(damage)));
			if (damaged.size() > MOST_SHOWN) {
				cli.say("  and " + (damaged.size() - MOST_SHOWN) + " more; --json tells all.");
			}
			cli.tell(CliProblems.DAMAGE_FOUND.problem(Integer.valueOf(damaged.size()), sentence(damaged.getFirst())),
					members);
			return Cli.PROBLEM;
		}
		if (cli.json()) {
			cli.print(JsonObject.event("finished").putAll(members));
			return Cli.DONE;
		}
		report.remarks().forEach(cli::warn);
		cli.print("The backup is whole: " + Human.files(report.filesChecked()) + ", "
				+ Human.bytes(report.bytesChecked()) + (report.level() == VerifyLevel.CRYPTO
						? digests(report) : " are there with their sizes."));
		if (report.level() == VerifyLevel.STRUCTURE) {
			cli.say("To read and decrypt every file as well: --level crypto");
		}
		return Cli.DONE;
	}

	/** Nothing is claimed of a file that cannot be known: the device records a digest for some of its files alone. */
	private static String digests(VerifyReport report) {
		if (report.digests() >= report.filesChecked()) {
			return " read, decrypted and compared with their digests.";
		}
		return " read and decrypted." + (report.digests() == 0 ? "" : ' ' + Human.number(report.digests())
				+ " of them have a digest, and agree with it;") + (report.digests() == 0 ? " The" : " the")
				+ " device recorded none for the others, which have their sizes.";
	}

	private Proof prove(KeptBackup kept) throws IOException {
		if (!kept.snapshot().summary().encrypted()) {
			return cli.run(monitor -> cli.engine().prove(kept, level, null, monitor));
		}
		return new Passwords(cli).unlocking(kept.snapshot().summary().udid(), "The backup is encrypted", password,
				secret -> cli.run(monitor -> cli.engine().prove(kept, level, secret, monitor)));
	}

	private VerifyReport verify(KeptBackup kept) throws IOException {
		VerifyLevel wanted = level == ProofLevel.CRYPTO ? VerifyLevel.CRYPTO : VerifyLevel.STRUCTURE;
		Udid udid = kept.snapshot().summary().udid();
		if (!kept.snapshot().summary().encrypted()) {
			return cli.run(monitor -> cli.engine().verify(kept, wanted, null, monitor));
		}
		Passwords passwords = new Passwords(cli);
		if (wanted == VerifyLevel.STRUCTURE) {
			try (Secret atHand = passwords.atHand(udid, password)) {
				return cli.run(monitor -> cli.engine().verify(kept, wanted, atHand, monitor));
			}
		}
		return passwords.unlocking(udid, "The backup is encrypted", password,
				secret -> cli.run(monitor -> cli.engine().verify(kept, wanted, secret, monitor)));
	}

	private JsonObject json(VerifyReport report) {
		return new JsonObject().put("level", report.level().name().toLowerCase(Locale.ROOT))
				.put("filesChecked", Long.valueOf(report.filesChecked()))
				.put("bytesChecked", Long.valueOf(report.bytesChecked()))
				.put("damaged", report.damaged().stream().map(VerifyCommand::json).toList())
				.put("remarks", report.remarks());
	}

	/** A damaged file for a program. */
	static JsonObject json(Damage damage) {
		return new JsonObject().put("domain", DeviceOutput.orNull(damage.domain())).put("path", damage.path())
				.put("fileId", DeviceOutput.orNull(damage.fileId())).put("what", damage.what());
	}

	/** A damaged file for a person. */
	static String sentence(Damage damage) {
		String place = damage.domain().isEmpty() ? damage.path() : damage.domain() + '/' + damage.path();
		return Human.printable(place + ": " + damage.what());
	}
}
