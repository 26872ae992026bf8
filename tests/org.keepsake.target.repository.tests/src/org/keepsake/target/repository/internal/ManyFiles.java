// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.testing.SampleDevice;

/**
 * No test but a program: what a backup of very many small files into a repository takes. Arguments: a folder, and how
 * many files. Prints the seconds of each step, and the peak of the process' memory.
 */
final class ManyFiles {

	private static final Udid DEVICE = new Udid("00008110-00123456789ABCDE");

	private final int files;
	private long step = System.nanoTime();

	private ManyFiles(int files) {
		this.files = files;
	}

	public static void main(String[] args) throws IOException {
		Place place = Place.in(Path.of(args[0]));
		place.init();
		new ManyFiles(Integer.parseInt(args[1])).run(place);
		System.exit(0);
	}

	private void run(Place place) throws IOException {
		try (BackupTarget target = new RepositoryTargetFactory().open(place.location(), place.context(Map.of()))) {
			try (WorkingTree tree = target.begin(DEVICE, WorkOptions.DEFAULT, JobMonitor.NONE)) {
				new SampleDevice(DEVICE, 1).backUp(tree);
				write(tree, "Snapshot/");
				told("received");
				move(tree);
				told("moved");
				tree.commit(JobMonitor.NONE);
				told("committed");
			}
			try (WorkingTree tree = target.begin(DEVICE, new WorkOptions(false, 5), JobMonitor.NONE)) {
				for (int i = 0; i < files; i += 100) {
					put(tree, device(name(i)), i + 1);
				}
				told("changed one in a hundred");
				tree.commit(JobMonitor.NONE);
				told("committed again");
			}
			try (BackupTree tree = target.open(target.snapshots().getFirst())) {
				int found = 0;
				for (TreeEntry folder : tree.list(TreePath.ROOT)) {
					found += folder.isDirectory() ? tree.list(new TreePath(folder.name())).size() : 1;
				}
				told("listed " + found);
			}
		}
	}

	private void write(WorkingTree tree, String below) throws IOException {
		for (int i = 0; i < files; i++) {
			put(tree, device(below + name(i)), i);
		}
	}

	private void move(WorkingTree tree) throws IOException {
		for (int i = 0; i < files; i++) {
			tree.move(device("Snapshot/" + name(i)), device(name(i)));
		}
		tree.remove(device("Snapshot"));
	}

	private static TreePath device(String path) {
		return new TreePath(DEVICE.value() + '/' + path);
	}

	private static String name(int number) {
		byte[] digits = new byte[20];
		new Random(number).nextBytes(digits);
		String name = HexFormat.of().formatHex(digits);
		return name.substring(0, 2) + '/' + name;
	}

	private static void put(WorkingTree tree, TreePath path, int seed) throws IOException {
		byte[] content = new byte[200];
		new Random(seed).nextBytes(content);
		try (OutputStream out = tree.write(path)) {
			out.write(content);
		}
	}

	private void told(String what) throws IOException {
		long now = System.nanoTime();
		String peak = Files.readAllLines(Path.of("/proc/self/status")).stream()
				.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("");
		System.out.printf("%,d files %s: %.1f s, %.1f s CPU so far, %s%n", files, what, (now - step) / 1e9,
				ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3, peak);
		step = now;
	}
}
