// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.disk.FullDisk;
import org.keepsake.ios.backup.Backup;
import org.keepsake.target.base.DeviceLock;
import org.keepsake.target.local.LocalProblems;
import org.keepsake.testing.SampleDevice;

/**
 * Another process makes one backup after the other and is killed at random moments; nothing may be lost. Set
 * {@code -Dkeepsake.kills} for more rounds than the few that are usual, {@code -Dkeepsake.seed} for the same ones.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class KillTest {

	private static final int KEEP = 1;

	@TempDir
	Path folder = Path.of("");

	/** The process that is killed. Arguments: folder, first version; {@code hold} to hold the lock only. */
	static final class Victim {
		private Victim() {
		}

		public static void main(String[] arguments) throws IOException {
			LocalTarget target = LocalTarget.at(Path.of(arguments[0]));
			SampleDevice device = Backups.device();
			if (arguments[1].equals("hold")) {
				target.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE);
				System.out.println("ready");
				System.in.read(); // until killed
				return;
			}
			System.out.println("ready");
			for (int version = Integer.parseInt(arguments[1]);; version++) {
				Backups.make(target, device.atVersion(version), KEEP);
				System.out.println(version);
			}
		}
	}

	private Process fork(String how) throws IOException {
		String java = ProcessHandle.current().info().command()
				.orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m",
				"-cp", classpath(), Victim.class.getName(), folder.toString(), how));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	/** Where the classes of this test lie, also when it runs inside OSGi. */
	private static String classpath() {
		return Stream
				.of(KillTest.class, LocalTarget.class, DeviceLock.class, SampleDevice.class, Backup.class,
						FullDisk.class, ProblemException.class,
						com.dd.plist.NSObject.class)
				.map(KillTest::location).distinct()
				.collect(Collectors.joining(System.getProperty("path.separator")));
	}

	private static String location(Class<?> type) {
		try {
			Path path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
			Path built = path.resolve("target").resolve("classes");
			return (Files.isDirectory(built) ? built : path).toString();
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void aKilledProcessLosesNothing() throws Exception {
		int kills = Integer.getInteger("keepsake.kills", 5);
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("KillTest: " + kills + " kills, seed " + seed);
		Random random = new Random(seed);
		int version = 0;
		Backups.make(LocalTarget.at(folder), Backups.device(), KEEP);
		for (int i = 0; i < kills; i++) {
			int committed = killSomewhere(version + 1, Duration.ofMillis(random.nextInt(600)));
			version = assertNothingLost(Math.max(version, committed), "seed " + seed + ", kill " + i);
		}
		SampleDevice device = Backups.device().atVersion(version + 1);
		Snapshot last = Backups.make(LocalTarget.at(folder), device, KEEP);
		Backups.assertContent(device.content(), LocalTarget.at(folder), last);
		assertEquals(2, LocalTarget.at(folder).snapshots().size());
	}

	/** @return the last version that the process said it committed, -1 for none */
	private int killSomewhere(int firstVersion, Duration after) throws IOException, InterruptedException {
		Process victim = fork(Integer.toString(firstVersion));
		try (BufferedReader said = victim.inputReader()) {
			assertEquals("ready", said.readLine());
			victim.waitFor(after.toMillis(), TimeUnit.MILLISECONDS);
			victim.toHandle().destroyForcibly(); // unlike Process' own, leaves what it said to be read
			return said.lines().mapToInt(Integer::parseInt).max().orElse(-1);
		} finally {
			victim.destroyForcibly();
		}
	}

	/** @return the newest version now */
	private int assertNothingLost(int committed, String where) throws IOException {
		LocalTarget target = LocalTarget.at(folder);
		List<Snapshot> all = target.snapshots();
		assertTrue(all.size() <= KEEP + 1, where);
		int newest = -1;
		for (Snapshot snapshot : all) {
			int version = Math.toIntExact(
					Duration.between(Backups.device().date(), snapshot.summary().finishedAt()).toHours());
			Map<String, String> content = Backups.device().atVersion(version).content();
			assertEquals(content, Backups.content(target, snapshot), where + ", version " + version);
			assertTrue(snapshot.summary().complete(), where);
			newest = Math.max(newest, version);
		}
		assertTrue(newest == committed || newest == committed + 1,
				where + ": " + newest + " is there, " + committed + " was committed");
		return newest;
	}

	@Test
	void aKilledProcessGivesItsLockBack() throws Exception {
		Process victim = fork("hold");
		try (BufferedReader said = victim.inputReader()) {
			assertEquals("ready", said.readLine());
			LocalTarget target = LocalTarget.at(folder);
			ProblemException busy = assertThrows(ProblemException.class,
					() -> target.begin(Backups.UDID, WorkOptions.DEFAULT, JobMonitor.NONE));
			assertTrue(busy.is(LocalProblems.BUSY));
			victim.destroyForcibly().waitFor();
			try (WorkingTree tree = target.begin(Backups.UDID, WorkOptions.DEFAULT, JobMonitor.NONE)) {
				assertTrue(tree.freeBytes() > 0);
			}
		} finally {
			victim.destroyForcibly();
		}
	}
}
