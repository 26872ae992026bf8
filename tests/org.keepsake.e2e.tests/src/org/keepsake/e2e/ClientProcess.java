// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.eclipse.core.runtime.FileLocator;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Udid;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.Keepsake;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/**
 * One backup in a Java of its own, which can be killed: the engine on a plain class path made of the bundles that the
 * test runs with.
 */
final class ClientProcess implements AutoCloseable {

	private static final String BEGUN = "begun";
	private static final String DONE = "done";
	private static final String PHASE = "phase ";
	private static final String BYTES = "bytes ";

	private final Process process;
	private final BufferedReader output;
	private final StringBuilder said = new StringBuilder();

	private ClientProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * In the other process: backs the device up.
	 *
	 * @param args the device, the folder, whether nothing is continued, how many earlier versions stay
	 */
	public static void main(String[] args) throws Exception {
		try (Keepsake keepsake = Lab.engine(Map.copyOf(System.getenv()))) {
			System.out.println(BEGUN);
			keepsake.backup(new BackupRequest(new Udid(args[0]), args[1], Boolean.parseBoolean(args[2]),
					Integer.parseInt(args[3])), new JobControl(ClientProcess::tell));
			System.out.println(DONE);
		}
	}

	private static void tell(JobEvent event) {
		switch (event) {
			case JobEvent.Phase phase -> System.out.println(PHASE + phase.phase());
			case JobEvent.Progress progress -> System.out.println(BYTES + progress.bytesDone());
			default -> {
				// Nobody waits for it.
			}
		}
	}

	/** Starts the process and waits until its engine is about to begin a backup that continues what is there. */
	static ClientProcess begin(Lab lab, int index, int keepEarlier) throws Exception {
		return begin(lab, index, false, keepEarlier);
	}

	/** Starts the process and waits until its engine is about to begin the backup. */
	static ClientProcess begin(Lab lab, int index, boolean full, int keepEarlier) throws Exception {
		Path temporary = Files.createDirectories(lab.temporary());
		Path arguments = lab.folder.resolve("class-path.txt");
		Files.writeString(arguments, "-cp \"" + classPath().replace("\\", "\\\\") + '"');
		ProcessBuilder builder = new ProcessBuilder(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Xmx160m", "--enable-native-access=ALL-UNNAMED",
				"-Djava.io.tmpdir=" + temporary, "-Dfile.encoding=UTF-8", "@" + arguments,
				ClientProcess.class.getName(), lab.udid(index).value(), lab.shelf(), Boolean.toString(full),
				Integer.toString(keepEarlier));
		builder.environment().putAll(lab.environment);
		ClientProcess client = new ClientProcess(builder.redirectErrorStream(true).start());
		client.read(BEGUN::equals);
		return client;
	}

	/** Reads to such a line, or to the end. */
	private boolean read(Predicate<String> wanted) throws IOException {
		String line;
		while ((line = output.readLine()) != null) {
			said.append(line).append('\n');
			if (wanted.test(line)) {
				return true;
			}
		}
		return false;
	}

	/** Waits for the end. @throws AssertionError if the backup failed, with what the process said */
	void complete() throws Exception {
		if (!read(DONE::equals) || process.waitFor() != 0) {
			throw new AssertionError("The backup in another process failed:\n" + said);
		}
	}

	/** Ends the process by SIGKILL after this time. @return false if it had ended by then, which must be by success */
	boolean killAfter(long millis) throws Exception {
		if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
			complete();
			return false;
		}
		process.destroyForcibly().waitFor();
		return true;
	}

	/** Ends the process by SIGKILL when it begins this phase, or else succeeds. */
	void killAtPhase(String phase) throws Exception {
		killAt(line -> line.equals(PHASE + phase));
	}

	/** Ends the process by SIGKILL when it has received so much, or else succeeds. */
	void killAtBytes(long bytes) throws Exception {
		killAt(line -> line.startsWith(BYTES) && Long.parseLong(line.substring(BYTES.length())) >= bytes);
	}

	private void killAt(Predicate<String> moment) throws Exception {
		if (!read(line -> moment.test(line) || line.equals(DONE))) {
			complete();
		}
		process.destroyForcibly().waitFor();
	}

	@Override
	public void close() throws IOException {
		process.destroyForcibly();
		output.close();
	}

	static String classPath() throws URISyntaxException, IOException {
		Set<Path> places = new LinkedHashSet<>();
		Bundle own = FrameworkUtil.getBundle(ClientProcess.class);
		if (own != null) {
			Set<Bundle> needed = new LinkedHashSet<>();
			addNeeded(own, needed);
			needed.forEach(bundle -> places.addAll(places(bundle)));
			places.add(Path.of(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
			places.add(ownPlace());
		} else if (ClientProcess.class.getClassLoader() instanceof URLClassLoader loader) {
			for (URL url : loader.getURLs()) {
				places.add(Path.of(url.toURI()));
			}
		}
		return places.isEmpty() ? System.getProperty("java.class.path")
				: places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

	/** Where this class lies, whatever the build made of the test bundle: a jar, or a folder of classes. */
	private static Path ownPlace() throws IOException, URISyntaxException {
		String name = ClientProcess.class.getName().replace('.', '/') + ".class";
		URL resource = ClientProcess.class.getClassLoader().getResource(name);
		String place = FileLocator.resolve(Objects.requireNonNull(resource)).toString().replaceFirst("^jar:", "")
				.replaceFirst("!?/\\Q" + name + "\\E$", "");
		return Path.of(new URI(place));
	}

	/** The bundle, and all that it is wired to. */
	private static void addNeeded(Bundle bundle, Set<Bundle> needed) {
		BundleWiring wiring = bundle.adapt(BundleWiring.class);
		if (wiring != null && needed.add(bundle)) {
			wiring.getRequiredWires(null).forEach(wire -> addNeeded(wire.getProvider().getBundle(), needed));
		}
	}

	/** A bundle is a jar, or a folder whose classes lie in it or, while it is being built, in a folder of it. */
	private static List<Path> places(Bundle bundle) {
		Optional<File> file = FileLocator.getBundleFileLocation(bundle);
		if (file.isEmpty()) {
			return List.of();
		}
		Path place = file.get().toPath();
		List<Path> places = new ArrayList<>();
		for (String classes : List.of("target/classes", "target/test-classes", "bin")) {
			if (Files.isDirectory(place.resolve(classes))) {
				places.add(place.resolve(classes));
			}
		}
		places.add(place);
		return places;
	}
}
