// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.Human;
import org.keepsake.engine.Proof;
import org.keepsake.engine.Proof.Counted;
import org.keepsake.engine.Proof.Damage;
import org.keepsake.engine.ProofLevel;

/** How a proof of the content, or a rehearsed restore, is told. */
final class ProofOutput {

	private static final int MOST_SHOWN = 20;

	private ProofOutput() {
	}

	/** Tells it, and returns the exit status. */
	static int tell(Cli cli, Proof proof) {
		if (!cli.json()) {
			if (!proof.dataSets().isEmpty()) { // a restore that failed has counted nothing
				table(proof).lines().forEach(cli::print);
			}
			proof.remarks().stream().limit(MOST_SHOWN).forEach(cli::warn);
		}
		List<Damage> damage = proof.damage();
		if (!damage.isEmpty()) {
			damage.stream().limit(MOST_SHOWN).forEach(one -> cli.say("  " + sentence(one)));
			if (damage.size() > MOST_SHOWN) {
				cli.say("  and " + (damage.size() - MOST_SHOWN) + " more; --json tells all.");
			}
			String earlier = damage.getFirst().earlier();
			cli.tell(CliProblems.CONTENT_DAMAGED.problem(Integer.valueOf(damage.size()), sentence(damage.getFirst()),
					earlier == null ? "" : "The version " + brief(earlier) + " still has it sound. "), json(proof));
			return Cli.PROBLEM;
		}
		if (cli.json()) {
			cli.print(JsonObject.event("finished").putAll(json(proof)));
		} else if (proof.level() == ProofLevel.DRILL) {
			cli.print("The restore was rehearsed in " + Human.exactDuration(proof.duration()) + ": all "
					+ Human.files(proof.files()) + ", " + Human.bytes(proof.bytes())
					+ ", and all records were on the restored device.");
		} else {
			cli.print("What is in the backup can be read: " + Human.number(records(proof)) + " records; "
					+ Human.number(proof.files()) + (proof.files() == 1 ? " database is" : " databases are")
					+ " sound.");
			cli.say("To rehearse the whole restore as well: --level drill");
		}
		return Cli.DONE;
	}

	private static String brief(String snapshot) {
		return snapshot.substring(0, Math.min(8, snapshot.length()));
	}

	private static long records(Proof proof) {
		return proof.dataSets().stream().map(Counted::survey).mapToLong(Survey::count).sum();
	}

	private static Table table(Proof proof) {
		boolean drill = proof.level() == ProofLevel.DRILL;
		Table table = drill ? new Table(Set.of(Integer.valueOf(1), Integer.valueOf(2)), "DATA SET", "BACKUP", "DEVICE")
				: new Table(Set.of(Integer.valueOf(1)), "DATA SET", "RECORDS");
		for (Counted counted : proof.dataSets()) {
			Survey survey = counted.survey();
			String count = switch (survey.presence()) {
				case PRESENT -> Human.number(survey.count());
				case ABSENT -> "–";
				case UNREADABLE -> "unreadable";
			};
			Long device = counted.onDevice();
			if (drill) {
				table.add(counted.dataSet(), count,
						device == null || survey.presence() == Presence.ABSENT && device.longValue() == 0 ? "–"
								: Human.number(device.longValue()));
			} else {
				table.add(counted.dataSet(), count);
			}
		}
		return table;
	}

	/** Something wrong, in one line for a person. */
	static String sentence(Damage damage) {
		String place = damage.domain().isEmpty() ? "" : damage.domain() + '/' + damage.path() + ": ";
		String owner = damage.dataSets().isEmpty() ? "" : String.join(", ", damage.dataSets()) + ": ";
		String earlier = damage.earlier();
		return Human.printable(owner + place + damage.what())
				+ (earlier == null ? "" : " (sound in version " + brief(earlier) + ")");
	}

	private static JsonObject json(Proof proof) {
		return new JsonObject().put("level", proof.level().word()).put("filesChecked", Long.valueOf(proof.files()))
				.put("bytesChecked", Long.valueOf(proof.bytes()))
				.put("dataSets", proof.dataSets().stream().map(ProofOutput::json).toList())
				.put("damaged", proof.damage().stream().map(ProofOutput::json).toList())
				.put("remarks", proof.remarks())
				.put("seconds", Double.valueOf(proof.duration().toMillis() / 1000.0));
	}

	private static JsonObject json(Counted counted) {
		return new JsonObject().put("dataSet", counted.dataSet()).put("title", counted.title())
				.put("presence", counted.survey().presence().name().toLowerCase(Locale.ROOT))
				.put("records", Long.valueOf(counted.survey().count())).put("onDevice", counted.onDevice());
	}

	private static JsonObject json(Damage damage) {
		return new JsonObject().put("dataSets", damage.dataSets()).put("domain", DeviceOutput.orNull(damage.domain()))
				.put("path", DeviceOutput.orNull(damage.path())).put("what", damage.what())
				.put("earlier", damage.earlier());
	}
}
