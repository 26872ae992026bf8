// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.keepsake.core.JobMonitor;
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

	private final Process process;
	private final BufferedReader output;
	private final StringBuilder said = new StringBuilder();

	private ClientProcess(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/** In the other process: backs the device up. @param args the device, the folder, how many earlier versions stay */
	public static void main(String[] args) throws Exception {
		try (Keepsake keepsake = Lab.engine(Map.copyOf(System.getenv()))) {
			System.out.println(BEGUN);
			keepsake.backup(new BackupRequest(new Udid(args[0]), args[1], false, Integer.parseInt(args[2])),
					JobMonitor.NONE);
			System.out.println(DONE);
		}
	}

	/** Starts the process and waits until its engine is about to begin the backup. */
	static ClientProcess begin(Lab lab, int index, int keepEarlier) throws Exception {
		Path temporary = Files.createDirectories(lab.temporary());
		Path arguments = lab.folder.resolve("class-path.txt");
		Files.writeString(arguments, "-cp \"" + classPath().replace("\\", "\\\\") + '"');
		ProcessBuilder builder = new ProcessBuilder(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Xmx160m", "--enable-native-access=ALL-UNNAMED",
				"-Djava.io.tmpdir=" + temporary, "-Dfile.encoding=UTF-8", "@" + arguments,
				ClientProcess.class.getName(), lab.udid(index).value(), lab.shelf(), Integer.toString(keepEarlier));
		builder.environment().putAll(lab.environment);
		ClientProcess client = new ClientProcess(builder.redirectErrorStream(true).start());
		client.read(BEGUN);
		return client;
	}

	/** Reads to this line, or to the end. */
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

	/** Waits for the end. @throws AssertionError if the backup failed, with what the process said */
	void complete() throws Exception {
		if (!read(DONE) || process.waitFor() != 0) {
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

	@Override
	public void close() throws IOException {
		process.destroyForcibly();
		output.close();
	}

	static String classPath() throws URISyntaxException {
		Set<Path> places = new LinkedHashSet<>();
		Bundle own = FrameworkUtil.getBundle(ClientProcess.class);
		if (own != null) {
			Set<Bundle> needed = new LinkedHashSet<>();
			addNeeded(own, needed);
			needed.forEach(bundle -> places.addAll(places(bundle)));
			places.add(Path.of(Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
		} else if (ClientProcess.class.getClassLoader() instanceof URLClassLoader loader) {
			for (URL url : loader.getURLs()) {
				places.add(Path.of(url.toURI()));
			}
		}
		return places.isEmpty() ? System.getProperty("java.class.path")
				: places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
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
		String location = bundle.getLocation().replaceFirst("^(initial@)?(reference:)?", "");
		if (!location.startsWith("file:")) {
			return List.of();
		}
		Path place = new File(location.substring("file:".length())).toPath();
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
