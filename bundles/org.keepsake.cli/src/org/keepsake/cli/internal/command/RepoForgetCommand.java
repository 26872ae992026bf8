// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.KeepPolicy;
import org.keepsake.repository.KeepPolicy.Decision;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.PruneReport;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SnapshotRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake repo forget}. */
@Command(name = "forget",
		description = { "Deletes snapshots of a repository, by name or by rules.",
				"By rules, each device's versions are decided for themselves; what one of the rules keeps, stays. The last "
						+ "complete backup of a device always stays, unless it is named and --force is given. Room is freed "
						+ "by --prune, or by keepsake repo prune afterwards." },
		footer = { "", "Examples:", "  keepsake repo forget nas --keep-daily 7 --keep-monthly 12 --dry-run",
				"  keepsake repo forget nas --keep-within 3m --keep-yearly all --prune --yes",
				"  keepsake repo forget nas 3f2a91c4 --prune" })
public final class RepoForgetCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Parameters(index = "1..*", arity = "0..*", paramLabel = "SNAPSHOT",
			description = "Just these: ids, or beginnings of ids. Otherwise what the rules do not keep.")
	private List<String> names = new ArrayList<>();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Only versions of this device.")
	private @Nullable Udid device;

	@Mixin
	private KeepOptions keep = new KeepOptions();

	@Option(names = "--group-by", paramLabel = "WHAT", split = ",",
			description = "Decide for each device, host, paths or tags by themselves; several with commas. By device if "
					+ "left out; what is no device's backup by host and paths.")
	private List<Forgetting.Grouping> groupBy = List.of(Forgetting.Grouping.DEVICE);

	@Option(names = "--prune", description = "Free the room as well.")
	private boolean prune;

	@Mixin
	private RepoPruneCommand.PruneSettings pruning = new RepoPruneCommand.PruneSettings();

	@Option(names = "--force", description = "Delete what is named even if it is the last complete backup of a device.")
	private boolean force;

	@Option(names = "--dry-run", description = "Only tell what would be done.")
	private boolean dryRun;

	@Mixin
	private LockOption lock = new LockOption();

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public RepoForgetCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		KeepPolicy policy = keep.policy();
		requireSense(policy);
		String place = repository.prepared(cli);
		try (Repository open = repository.open(cli)) {
			List<SnapshotRecord> all = open.readableSnapshots(problem -> cli.warn(problem.title()));
			DeviceVersions versions = DeviceVersions.of(cli, place);
			List<Decision> decisions = decide(open, new Forgetting(all, versions), policy);
			List<SnapshotRecord> going = decisions.stream().filter(one -> !one.keeps()).map(Decision::snapshot)
					.toList();
			if (!cli.json()) {
				table(decisions, versions).lines().forEach(cli::print);
			}
			carryOut(open, decisions, going, versions);
		}
		return Cli.DONE;
	}

	private void requireSense(KeepPolicy policy) {
		if (names.isEmpty() && policy.isEmpty()) {
			throw new ParameterException(spec.commandLine(),
					"Say what is to go: name snapshots, or say what stays with --keep-last and the like");
		}
		if (!names.isEmpty() && (!policy.isEmpty() || device != null)) {
			throw new ParameterException(spec.commandLine(), "Either name snapshots or give rules, not both");
		}
		if (force && names.isEmpty()) {
			throw new ParameterException(spec.commandLine(), "--force is for snapshots that are named");
		}
	}

	private List<Decision> decide(Repository open, Forgetting forgetting, KeepPolicy policy) throws IOException {
		if (names.isEmpty()) {
			Set<Forgetting.Grouping> grouping = EnumSet.noneOf(Forgetting.Grouping.class);
			grouping.addAll(groupBy);
			return forgetting.byPolicy(policy, grouping, device);
		}
		List<SnapshotRecord> named = new ArrayList<>();
		for (String name : names) {
			named.add(open.snapshot(name));
		}
		return forgetting.byName(named, force);
	}

	private Table table(List<Decision> decisions, DeviceVersions versions) {
		Table table = new Table(Set.of(Integer.valueOf(3)), "ID", "WHAT", "MADE", "SIZE", "", "WHY");
		decisions.forEach(one -> table.add(one.snapshot().brief(), versions.label(one.snapshot()),
				Human.date(one.snapshot().time(), cli.zone()),
				versions.sizeBytes(one.snapshot()) < 0 ? "–" : Human.bytes(versions.sizeBytes(one.snapshot())),
				one.keeps() ? "stays" : "goes", String.join(", ", one.reasons())));
		return table;
	}

	private static String count(int snapshots) {
		return Human.number(snapshots) + (snapshots == 1 ? " snapshot" : " snapshots");
	}

	private void carryOut(Repository open, List<Decision> decisions, List<SnapshotRecord> going,
			DeviceVersions versions) throws IOException {
		List<BlobId> ids = going.stream().map(SnapshotRecord::id).toList();
		Long frees = null;
		if (!going.isEmpty() && (dryRun || !yes)) {
			frees = Long.valueOf(cli.query(monitor -> open.freedBy(ids, monitor)).longValue());
			cli.say(count(going.size()) + " of " + decisions.size() + " would go. Freed by that and a prune: "
					+ Human.bytes(frees) + ".");
		}
		if (!going.isEmpty() && !dryRun) {
			if (!yes) {
				cli.confirm(count(going.size()) + " would be deleted, for good", "yes");
			}
			cli.run(monitor -> {
				open.forget(ids, lock.patience());
				return ids;
			});
		}
		PruneReport pruned = prune && !dryRun ? prune(open) : null;
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("dryRun", Boolean.valueOf(dryRun))
					.put("forgotten", going.stream().map(versions::json).toList())
					.put("kept",
							decisions.stream().filter(Decision::keeps)
									.map(one -> versions.json(one.snapshot()).put("reasons", one.reasons())).toList())
					.put("freesBytes", frees).put("prune", pruned == null ? null : RepoPruneCommand.json(pruned)));
			return;
		}
		tell(going.size(), pruned);
	}

	private PruneReport prune(Repository open) throws IOException {
		PruneOptions base = PruneOptions.DEFAULT;
		return cli.run(monitor -> open.prune(new PruneOptions(false, pruning.maxUnused(), base.repackSmall(),
				base.packSize(), lock.patience()), monitor));
	}

	private void tell(int going, @Nullable PruneReport pruned) {
		if (going == 0) {
			cli.print("No snapshot goes.");
		} else if (dryRun) {
			cli.print("Nothing was deleted: this was a dry run.");
		} else {
			cli.print("Deleted " + count(going) + ".");
		}
		if (pruned != null) {
			cli.print(RepoPruneCommand.sentence(pruned, false));
		} else if (going > 0 && !dryRun) {
			cli.say("To free their room: keepsake repo prune " + Human.printable(repository.written()));
		}
	}
}
