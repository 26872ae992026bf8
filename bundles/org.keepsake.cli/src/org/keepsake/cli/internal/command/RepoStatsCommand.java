// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Table;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryStats;
import org.keepsake.repository.SnapshotRecord;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake repo stats}. */
@Command(name = "stats",
		description = { "Tells how much a repository stores, and what deleting would free.",
				"What several versions share is counted once, and is freed only with the last of them. The figures are exact: "
						+ "all folders of all versions are read." },
		footer = { "", "Examples:", "  keepsake repo stats nas", "  keepsake repo stats nas --json" })
public final class RepoStatsCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	/** One run of the command. */
	public RepoStatsCommand(Cli cli) {
		this.cli = cli;
	}

	/** All versions of one device. */
	private record Share(Udid device, String name, int versions, long freed) {
	}

	/** What was counted. */
	private record Figures(String location, int version, List<SnapshotRecord> snapshots, RepositoryStats stats,
			List<Share> shares) {
	}

	@Override
	public Integer call() throws IOException {
		String place = repository.prepared(cli);
		DeviceVersions versions = DeviceVersions.of(cli, place);
		Figures figures;
		try (Repository open = repository.open(cli)) {
			figures = count(open, versions);
		}
		if (cli.json()) {
			cli.print(json(figures, versions));
		} else {
			tell(figures, versions);
		}
		return Cli.DONE;
	}

	private Figures count(Repository open, DeviceVersions versions) throws IOException {
		return cli.query(monitor -> {
			List<SnapshotRecord> all = open.snapshots();
			RepositoryStats stats = open.stats(monitor);
			Map<Udid, List<SnapshotRecord>> devices = new LinkedHashMap<>();
			for (SnapshotRecord one : all) {
				Udid device = versions.device(one);
				if (device != null) {
					devices.computeIfAbsent(device, any -> new ArrayList<>()).add(one);
				}
			}
			List<Share> shares = new ArrayList<>();
			for (Map.Entry<Udid, List<SnapshotRecord>> each : devices.entrySet()) {
				List<BlobId> ids = each.getValue().stream().map(SnapshotRecord::id).toList();
				shares.add(new Share(each.getKey(), versions.label(each.getValue().getFirst()), ids.size(),
						open.freedBy(ids, monitor)));
			}
			return new Figures(open.location(), open.version(), all, stats, shares);
		});
	}

	private static long freed(Figures figures, SnapshotRecord one) {
		return figures.stats().freed().getOrDefault(one.id(), Long.valueOf(0)).longValue();
	}

	private static long unused(RepositoryStats stats) {
		return Math.max(0, stats.storedBytes() - stats.usedBytes());
	}

	private void tell(Figures figures, DeviceVersions versions) {
		RepositoryStats stats = figures.stats();
		long sum = figures.snapshots().stream().mapToLong(one -> Math.max(0, versions.sizeBytes(one))).sum();
		cli.print(Human.printable(figures.location()) + " (version " + figures.version() + " of the format)");
		cli.print("  Snapshots  " + Human.number(stats.snapshots()));
		cli.print("  Stored     " + Human.bytes(stats.storedBytes()) + " in " + Human.number(stats.packs())
				+ (stats.packs() == 1 ? " pack" : " packs"));
		cli.print("  Content    " + Human.bytes(stats.blobBytes()) + " before compression, each piece once; "
				+ Human.bytes(sum) + " if every version were kept by itself");
		cli.print("  Unneeded   " + Human.bytes(unused(stats)));
		if (!figures.snapshots().isEmpty()) {
			cli.print("");
			Table table = new Table(Set.of(Integer.valueOf(3), Integer.valueOf(4)), "ID", "WHAT", "MADE", "SIZE",
					"DELETING IT FREES");
			figures.snapshots()
					.forEach(one -> table.add(one.brief(), versions.label(one), Human.date(one.time(), cli.zone()),
							versions.sizeBytes(one) < 0 ? "–" : Human.bytes(versions.sizeBytes(one)),
							Human.bytes(freed(figures, one))));
			table.lines().forEach(cli::print);
		}
		if (!figures.shares().isEmpty()) {
			cli.print("");
			Table table = new Table(Set.of(Integer.valueOf(1), Integer.valueOf(2)), "DEVICE", "VERSIONS",
					"DELETING ALL FREES");
			figures.shares().forEach(
					one -> table.add(one.name(), Human.number(one.versions()), Human.bytes(one.freed())));
			table.lines().forEach(cli::print);
		}
		if (unused(stats) > stats.storedBytes() / 10) {
			cli.say("To free what nobody needs: keepsake repo prune " + Human.printable(repository.written()));
		}
	}

	private static JsonObject json(Figures figures, DeviceVersions versions) {
		RepositoryStats stats = figures.stats();
		return new JsonObject().put("location", figures.location()).put("version", Integer.valueOf(figures.version()))
				.put("packs", Integer.valueOf(stats.packs())).put("storedBytes", Long.valueOf(stats.storedBytes()))
				.put("contentBytes", Long.valueOf(stats.blobBytes())).put("usedBytes", Long.valueOf(stats.usedBytes()))
				.put("snapshots",
						figures.snapshots().stream()
								.map(one -> versions.json(one).put("freesBytes", Long.valueOf(freed(figures, one))))
								.toList())
				.put("devices", figures.shares().stream()
						.map(one -> new JsonObject().put("udid", one.device().value()).put("deviceName", one.name())
								.put("versions", Integer.valueOf(one.versions()))
								.put("freesBytes", Long.valueOf(one.freed())))
						.toList());
	}
}
