// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.Keepsake;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;

/**
 * No test but a program: prints what a backup of a virtual iPhone into a repository in a folder costs beside one into a
 * plain folder, and what an incremental backup adds to a repository. {@code benchmarks/into-repository} runs it.
 */
final class RepositoryFigures {

	private static final Pattern PACK = Pattern
			.compile("\"id\":\\s*\"([0-9a-f]{64})\",\\s*\"type\":\\s*\"(data|tree)\","
					+ "\\s*\"offset\":\\s*\\d+,\\s*\"length\":\\s*(\\d+)");

	private RepositoryFigures() {
	}

	/** {@code speed FOLDER FILES BYTES RUNS}, {@code days FOLDER FILES BYTES}, or {@code client UDID PLACE}. */
	public static void main(String[] args) throws Exception {
		switch (args[0]) {
			case "client" -> client(args[1], args[2]);
			case "speed" -> speed(Path.of(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]),
					Integer.parseInt(args[4]));
			case "days" -> {
				days(Path.of(args[1], "plain"), Integer.parseInt(args[2]), Long.parseLong(args[3]), false);
				days(Path.of(args[1], "encrypted"), Integer.parseInt(args[2]), Long.parseLong(args[3]), true);
			}
			default -> throw new IllegalArgumentException(args[0]);
		}
		System.exit(0);
	}

	/** In another process: one full backup, and what it cost. */
	private static void client(String udid, String place) throws Exception {
		try (Keepsake keepsake = Lab.engine(Map.copyOf(System.getenv()))) {
			long begun = System.nanoTime();
			keepsake.backup(new BackupRequest(new Udid(udid), place, true, 0), JobMonitor.NONE);
			double wall = (System.nanoTime() - begun) / 1e9;
			double cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
			System.out.printf("%.2f s wall, %.2f s CPU, %d MiB%n", wall, cpu, peak() >> 10);
		}
	}

	private static long peak() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
				.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
	}

	private static void speed(Path folder, int files, long bytes, int runs) throws Exception {
		Files.createDirectories(folder);
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 7, files, bytes))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			for (int run = 0; run < runs; run++) {
				for (int turn = 0; turn < 2; turn++) {
					boolean repository = (run + turn) % 2 == 1;
					String place = folder.resolve("place-" + run + '-' + turn).toString();
					if (repository) {
						place = "restic:" + place;
						lab.keepsake.repositories().init(place, org.keepsake.repository.InitOptions.DEFAULT).close();
					}
					System.out.print((repository ? "repository: " : "folder:     ") + run(lab, place));
				}
			}
		}
	}

	private static String run(Lab lab, String place) throws Exception {
		Path arguments = lab.folder.resolve("class-path.txt");
		Files.writeString(arguments, "-cp \"" + System.getProperty("java.class.path") + '"');
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xms32m", "-Xmx" + Integer.getInteger("keepsake.heap", 192) + "m",
				"-XX:MaxDirectMemorySize=48m", "--enable-native-access=ALL-UNNAMED",
				"-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"), "@" + arguments,
				RepositoryFigures.class.getName(), "client", lab.udid(0).value(), place);
		builder.environment().putAll(lab.environment);
		Process process = builder.redirectErrorStream(true).start();
		try (InputStream out = process.getInputStream()) {
			return new String(out.readAllBytes());
		}
	}

	/** A first backup, one of an unchanged device, and some of days in each of which a person used it. */
	private static void days(Path folder, int files, long bytes, boolean encrypted) throws Exception {
		Files.createDirectories(folder);
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 7, files, bytes)).withRepository()) {
			if (encrypted) {
				try (Secret password = Secret.of(Lab.PASSWORD)) {
					lab.keepsake.changeBackupPassword(lab.udid(0), null, password, lab.monitor);
				}
			}
			Random random = new Random(1);
			Map<String, long[]> before = new HashMap<>();
			System.out.println(encrypted ? "encrypted" : "plain");
			for (int day = 0; day < 5; day++) {
				long changed = day < 2 ? 0 : day(lab, day, random);
				long received = lab.backup(0, 10).transfer().bytesReceived();
				Map<String, long[]> now = blobs(lab);
				long[] added = new long[4];
				now.forEach((id, blob) -> {
					if (!before.containsKey(id)) {
						int at = blob[0] == 1 ? 2 : 0;
						added[at]++;
						added[at + 1] += blob[1];
					}
				});
				before.putAll(now);
				System.out.printf(
						"%s: changed %,d bytes, received %,d; added %,d data blobs of %,d bytes, %,d trees of %,d%n",
						switch (day) {
							case 0 -> "first";
							case 1 -> "unchanged";
							default -> "day " + (day - 1);
						}, changed, received, added[0], added[1], added[2], added[3]);
			}
		}
	}

	/** New photos, grown databases, rewritten settings. */
	private static long day(Lab lab, int day, Random random) throws IOException {
		long changed = 0;
		for (int photo = 0; photo < 12; photo++) {
			byte[] content = new byte[1_500_000 + random.nextInt(1_500_000)];
			random.nextBytes(content);
			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_%d%03d.HEIC".formatted(day, photo), content);
			changed += content.length;
		}
		List<VirtualFile> all = new ArrayList<>();
		lab.files(0).forEach(all::add);
		int settings = 0;
		for (VirtualFile file : all) {
			if (file.kind() != Kind.FILE || file.sizeBytes() > 64 << 20) {
				continue;
			}
			boolean database = file.path().matches(".*\\.(db|sqlite|sqlitedb|storedata)");
			if (!database && !(file.path().endsWith(".plist") && settings++ % 4 == day % 4)) {
				continue;
			}
			byte[] content;
			try (InputStream in = lab.files(0).open(file)) {
				content = in.readAllBytes();
			}
			// A page here and there, and some at the end.
			byte[] grown = java.util.Arrays.copyOf(content, content.length + (database ? 2 * 4096 : 0));
			for (int page = 0; page < Math.max(1, content.length / 4096 / 50); page++) {
				int at = content.length < 4096 ? 0 : random.nextInt(content.length / 4096) * 4096;
				byte[] bytes = new byte[Math.min(4096, content.length - at)];
				random.nextBytes(bytes);
				System.arraycopy(bytes, 0, grown, at, bytes.length);
				changed += bytes.length;
			}
			lab.put(0, file.domain(), file.path(), grown);
		}
		return changed;
	}

	/** All blobs by id: whether it is a tree, and its length as stored. */
	private static Map<String, long[]> blobs(Lab lab) throws Exception {
		Map<String, long[]> blobs = new HashMap<>();
		for (String index : Restic.run(lab, "list", "index", "-q").split("\\s+")) {
			Matcher blob = PACK.matcher(Restic.run(lab, "cat", "index", index, "-q"));
			while (blob.find()) {
				blobs.put(blob.group(1),
						new long[] { blob.group(2).equals("tree") ? 1 : 0, Long.parseLong(blob.group(3)) });
			}
		}
		return blobs;
	}
}
