// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.repository.internal.Locks;

import com.github.luben.zstd.Zstd;

/** One use of a repository in a Java of its own, which can be killed. */
final class WorkerProcess implements AutoCloseable {

	/** As usual, but for those who wait. */
	static final Locks.Times QUICK = new Locks.Times(Duration.ofMinutes(30), Duration.ofMinutes(5),
			Duration.ofSeconds(30), Duration.ofMillis(10), Duration.ofMillis(100));
	private static final Duration PATIENCE = Duration.ofMinutes(2);
	private static final String BEGUN = "begun";
	private static final String DONE = "done";

	private final Process process;
	private final BufferedReader output;
	private final StringBuilder said = new StringBuilder();

	private WorkerProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/** In the other process. @param args the repository, what to do, and with what */
	public static void main(String[] args) throws IOException {
		try (Secret password = Samples.password();
				Repository repository = Repository.open(new TestStorage(Path.of(args[0])), password)) {
			repository.vault().setLockTimes(QUICK);
			System.out.println(BEGUN);
			switch (args[1]) {
				case "save" -> {
					SaveOptions small = new SaveOptions(Compression.AUTO, 4 << 20, 2, PATIENCE);
					FolderImport.run(repository, Path.of(args[2]), ImportOptions.DEFAULT.with(small), JobMonitor.NONE);
				}
				case "prune" -> repository.prune(new PruneOptions(false, 0, true, 16 << 20, PATIENCE), JobMonitor.NONE);
				case "lock" -> {
					try (RepositoryLock lock = repository.lock(Boolean.parseBoolean(args[2]), PATIENCE)) {
						System.out.println(DONE);
						System.in.read();
						lock.throwIfLost();
						return;
					}
				}
				default -> throw new IllegalArgumentException(args[1]);
			}
			System.out.println(DONE);
		}
	}

	/** Starts a process, and waits until it has opened the repository. */
	static WorkerProcess begin(Path place, String... what) throws IOException {
		String classPath = Stream
				.of(WorkerProcess.class, Repository.class, JobMonitor.class, Zstd.class)
				.map(WorkerProcess::location).distinct().collect(Collectors.joining(File.pathSeparator));
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Xmx112m", "--enable-native-access=ALL-UNNAMED", "-cp", classPath,
				WorkerProcess.class.getName(), place.toString()));
		command.addAll(List.of(what));
		WorkerProcess worker = new WorkerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
		if (!worker.read(BEGUN)) {
			throw new IOException("The process did not begin:\n" + worker.said);
		}
		return worker;
	}

	/** Where a class lies, also when this test runs inside OSGi. */
	private static String location(Class<?> type) {
		try {
			Path path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
			Path built = path.resolve("target").resolve("classes");
			return (Files.isDirectory(built) ? built : path).toString();
		} catch (URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private boolean read(String wanted) throws IOException {
		String line;
		while ((line = output.readLine()) != null) {
			said.append(line).append('\n');
			if (line.equals(wanted)) {
				return true;
			}
		}
		return false;
	}

	/** Waits until it has what it wanted; a lock is held then. */
	void complete() throws IOException {
		if (!read(DONE)) {
			throw new AssertionError("What another process did failed:\n" + said);
		}
	}

	/** Ends it by SIGKILL after this time. @return false if it had ended by then, which must be by success */
	boolean killAfter(long micros) throws IOException, InterruptedException {
		if (process.waitFor(micros, TimeUnit.MICROSECONDS)) {
			complete();
			return false;
		}
		kill();
		return true;
	}

	void kill() throws InterruptedException {
		process.destroyForcibly().waitFor();
	}

	long pid() {
		return process.pid();
	}

	@Override
	public void close() throws IOException {
		process.destroyForcibly();
		output.close();
	}
}
