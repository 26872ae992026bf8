// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Capacity;
import org.keepsake.engine.Human;
import org.keepsake.repository.Repository;
import org.keepsake.repository.StoreTrial.Action;
import org.keepsake.repository.StoreTrial.Outcome;
import org.keepsake.repository.StoreTrial;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake targets check}. */
@Command(name = "check",
		description = { "Proves that backups can be kept in a target.",
				"A small file is written there, read back, listed and removed. With --attack, what an intruder would do "
						+ "who has this computer's credentials is tried on that file: to overwrite and to delete it. If "
						+ "the target is declared append-only=true, that must fail, otherwise the exit status is 1." },
		footer = { "", "Examples:", "  keepsake targets check disk", "  keepsake targets check /media/disk/backups",
				"  keepsake targets check cloud --attack" })
public final class TargetsCheckCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "NAME", description = "The target's name, or its location.")
	private String name = "";

	@Option(names = "--attack", description = "Try to overwrite and delete, with a file of the check's own.")
	private boolean attack;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public TargetsCheckCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = String.valueOf(Place.known(cli, name));
		if (cli.engine().repositories().canBeAt(place)) {
			options.give(cli, place);
			return checkStore(place);
		}
		if (attack) {
			throw new ParameterException(spec.commandLine(),
					"--attack is for repositories; whoever may write into a folder may delete what is in it");
		}
		return checkFolder(place);
	}

	private Integer checkFolder(String place) throws IOException {
		try (BackupTarget target = cli.engine().targets().open(place)) {
			List<String> sentences = target.check();
			Capacity capacity = target.capacity();
			if (cli.json()) {
				cli.print(new JsonObject().put("name", name).put("location", target.location())
						.put("checks", sentences).putKnown("freeBytes", capacity.freeBytes())
						.put("totalBytes", capacity.totalBytes()));
				return Cli.DONE;
			}
			cli.print("Backups can be kept in " + Human.printable(target.location()) + ".");
			sentences.forEach(sentence -> cli.print("  - " + Human.printable(sentence)));
		}
		return Cli.DONE;
	}

	/**
	 * What a store has shown.
	 *
	 * @param capacity of the store itself
	 * @param quota    what is left of the quota and of the store, whichever is less, and the quota; empty without one
	 */
	private record Seen(StoreTrial trial, String repository, Optional<Capacity> capacity, Optional<Capacity> quota) {

		Optional<Capacity> room() {
			return quota.or(() -> capacity);
		}
	}

	private Integer checkStore(String place) throws IOException {
		StoreTrial trial = cli.query(monitor -> cli.engine().repositories().tryOut(place, attack, monitor));
		Optional<Capacity> capacity;
		boolean there;
		try (Storage storage = cli.engine().repositories().storage(place)) {
			capacity = storage.capacity();
			there = storage.size("config").isPresent();
		}
		String repository = there ? repository(place) : "";
		Seen seen = new Seen(trial, repository, capacity, there ? quota(place) : Optional.empty());
		List<Action> dangers = attack && trial.appendOnly() ? trial.dangers() : List.of();
		if (!cli.json()) {
			tell(seen);
		}
		if (!dangers.isEmpty()) {
			cli.tell(CliProblems.NOT_APPEND_ONLY.problem(trial.location(),
					String.join(", ", dangers.stream().map(TargetsCheckCommand::danger).toList())), json(seen));
			return Cli.PROBLEM;
		}
		if (cli.json()) {
			cli.print(json(seen));
		}
		return Cli.DONE;
	}

	private String repository(String place) throws IOException {
		try (Repository open = cli.query(monitor -> cli.engine().repositories().open(place))) {
			int snapshots = open.readableSnapshots().size();
			return "a repository that opens with its password, with " + Human.number(snapshots)
					+ (snapshots == 1 ? " snapshot" : " snapshots");
		}
	}

	private Optional<Capacity> quota(String place) throws IOException {
		if (cli.engine().targets().list().stream().noneMatch(
				entry -> (entry.name().equals(place) || entry.location().equals(place))
						&& entry.settings().containsKey("quota"))) {
			return Optional.empty();
		}
		try (BackupTarget target = cli.engine().targets().open(place)) {
			return Optional.of(target.capacity());
		}
	}

	private static String room(Seen seen) {
		Capacity room = seen.room().orElseThrow();
		String free = Human.bytes(room.freeBytes());
		Long total = room.totalBytes();
		if (seen.quota().isEmpty() || total == null) {
			return free + " free";
		}
		boolean disk = seen.capacity().filter(store -> store.freeBytes() <= room.freeBytes()).isPresent();
		return disk ? free + " free; less than what is left of the quota of " + Human.bytes(total)
				: free + " left of the quota of " + Human.bytes(total);
	}

	private void tell(Seen seen) {
		StoreTrial trial = seen.trial();
		cli.print("Backups can be kept in " + Human.printable(trial.location()) + ".");
		String size = Human.bytes(trial.probeBytes());
		line("Write", size + " written, " + Human.bytes(trial.writeBytesPerSecond()) + " a second");
		line("Read", size + " read back, the same; " + Human.bytes(trial.readBytesPerSecond()) + " a second");
		line("List", "found in the list");
		line("Delete", trial.of(Action.DELETE) == Outcome.DONE ? "removed again"
				: trial.appendOnly() ? "refused, as it should be: the store is declared append-only"
						: "refused: earlier versions cannot be deleted from here");
		if (attack) {
			line("Attack", "");
			trial.attempts().stream().filter(StoreTrial.Attempt::harmful)
					.forEach(one -> cli.print("    " + String.format("%-46s", tried(one.action())) + outcome(one)));
		}
		if (seen.room().isPresent()) {
			line("Room", room(seen));
		}
		line("There is", seen.repository().isEmpty() ? "no repository yet: keepsake repo init " + name
				: seen.repository());
		if (trial.appendOnly() && trial.of(Action.DELETE) == Outcome.DONE) {
			cli.warn("The store is declared append-only, yet a file could be deleted.");
		}
		trial.leftBehind().forEach(file -> cli.warn(
				"The check's own file could not be removed and stays: " + file + ". It harms nothing."));
		if (trial.of(Action.DELETE) != Outcome.DONE && !trial.appendOnly()) {
			cli.say("If that is meant so: keepsake targets set " + Human.printable(name) + " append-only=true");
		} else if (attack && !trial.appendOnly() && !trial.dangers().isEmpty()) {
			cli.say("Whoever gets hold of this computer could destroy the backups. How to prevent that: see "
					+ "append-only stores in docs/command-line.md");
		}
	}

	private void line(String label, String text) {
		cli.print(String.format("  %-10s%s", label, text).stripTrailing());
	}

	private static String tried(Action action) {
		return switch (action) {
			case PUT_AGAIN -> "put another file under the same name";
			case OVERWRITE -> "overwrite it without asking";
			case DELETE -> "delete it";
			case DELETE_OTHER_KINDS -> "delete a snapshot, index or key (none real)";
			default -> action.name().toLowerCase(Locale.ROOT);
		};
	}

	private String outcome(StoreTrial.Attempt one) {
		return switch (one.outcome()) {
			case REFUSED -> cli.outStyle().good("refused");
			case DONE -> cli.outStyle().warn("possible");
			case UNKNOWN -> "cannot be told here";
		};
	}

	private static String danger(Action action) {
		return switch (action) {
			case PUT_AGAIN, OVERWRITE -> "to overwrite a file";
			default -> "to delete a file";
		};
	}

	private JsonObject json(Seen seen) {
		StoreTrial trial = seen.trial();
		Capacity room = seen.room().orElse(new Capacity(-1, null));
		return new JsonObject().put("name", name).put("location", trial.location())
				.put("attempts",
						trial.attempts().stream()
								.map(one -> new JsonObject().put("action", word(one.action()))
										.put("outcome", one.outcome().name().toLowerCase(Locale.ROOT)))
								.toList())
				.put("appendOnly", Boolean.valueOf(trial.appendOnly()))
				.put("dangers", trial.dangers().stream().map(TargetsCheckCommand::word).toList())
				.put("leftBehind", trial.leftBehind())
				.put("writeBytesPerSecond", Long.valueOf(trial.writeBytesPerSecond()))
				.put("readBytesPerSecond", Long.valueOf(trial.readBytesPerSecond()))
				.put("repository", Boolean.valueOf(!seen.repository().isEmpty()))
				.putKnown("freeBytes", room.freeBytes()).put("totalBytes", room.totalBytes());
	}

	private static String word(Action action) {
		return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
