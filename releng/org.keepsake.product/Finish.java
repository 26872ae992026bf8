// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The last steps of a materialised product, run by the build as a source file.
 *
 * <ul>
 * <li>{@code finish PRODUCTS DIST ROOT} gives each product our start scripts and the launcher's class path;</li>
 * <li>{@code prepare PRODUCTS} gives this platform's product the framework's resolved state and the archive of classes
 * that make a start quick; both belong to this machine and its Java, so they come after the archives for others.</li>
 * </ul>
 */
public final class Finish {

	private static final int TIMEOUT_SECONDS = 120;
	private static final int PLATFORM_DEPTH = 3;
	private static final String TRAINING = "--help";

	private Finish() {
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		Path products = Path.of(arguments[1]);
		if (arguments[0].equals("prepare")) {
			Path install = products.resolve(hostPlatform());
			prepare(install);
			System.out.println("Prepared " + install);
			return;
		}
		Path dist = Path.of(arguments[2]);
		Path root = Path.of(arguments[3]);
		List<Path> installs = installs(products);
		if (installs.isEmpty()) {
			throw new IOException("no product in " + products);
		}
		for (Path install : installs) {
			finish(install, dist, root);
			System.out.println("Finished " + install);
		}
	}

	/** The folders PRODUCTS/os/ws/arch. */
	private static List<Path> installs(Path products) throws IOException {
		try (var walk = Files.walk(products, PLATFORM_DEPTH)) {
			return walk.filter(path -> path.getNameCount() == products.getNameCount() + PLATFORM_DEPTH)
					.filter(Files::isDirectory).sorted().toList();
		}
	}

	private static void finish(Path install, Path dist, Path root) throws IOException {
		forget(install);
		Path application = install.resolve("Eclipse.app");
		if (Files.isDirectory(application)) {
			// Made for a native launcher, which we do not have: the same layout as elsewhere.
			try (var parts = Files.newDirectoryStream(application.resolve("Contents/Eclipse"))) {
				for (Path part : parts) {
					Files.move(part, install.resolve(part.getFileName()));
				}
			}
			removeTree(application);
		}
		String other = install.toString().contains("win32") ? "(keepsake|.*\\.sh)" : ".*\\.cmd";
		copyTree(dist, install, other);
		for (String name : List.of("LICENSE", "CHANGELOG.md")) {
			Files.copy(root.resolve(name), install.resolve(name), StandardCopyOption.REPLACE_EXISTING);
		}
		Path lib = Files.createDirectories(install.resolve("lib"));
		Files.copy(plugin(install, "org.keepsake.launcher_*.jar"), lib.resolve("launcher.jar"),
				StandardCopyOption.REPLACE_EXISTING);
		copyUnsigned(plugin(install, "org.eclipse.osgi_*.jar"), lib.resolve("framework.jar"));
	}

	/** What an earlier build prepared for this machine, or the framework wrote here, is in no archive. */
	private static void forget(Path install) throws IOException {
		Files.deleteIfExists(install.resolve("lib").resolve("keepsake.aot"));
		Path configuration = install.resolve("configuration");
		Files.deleteIfExists(configuration.resolve(".ready"));
		for (String folder : List.of("org.eclipse.osgi", "org.eclipse.core.runtime", "org.eclipse.equinox.app")) {
			if (Files.isDirectory(configuration.resolve(folder))) {
				removeTree(configuration.resolve(folder));
			}
		}
	}

	/** The end of the product's path on this machine, in the words of the framework: os, windowing system, machine. */
	private static Path hostPlatform() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
		if (system.startsWith("windows")) {
			return Path.of("win32", "win32", machine);
		}
		return system.startsWith("mac") ? Path.of("macosx", "cocoa", machine) : Path.of("linux", "gtk", machine);
	}

	private static void copyTree(Path from, Path to, String others) throws IOException {
		List<Path> files;
		try (var walk = Files.walk(from)) {
			files = walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList();
		}
		for (Path file : files) {
			Path name = from.relativize(file);
			if (file.getFileName().toString().matches(others)) {
				continue;
			}
			Path target = to.resolve(name);
			Files.createDirectories(target.getParent());
			Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
			if (target.endsWith("keepsake") && Files.getFileStore(target).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
	}

	private static Path plugin(Path install, String glob) throws IOException {
		try (var jars = Files.newDirectoryStream(install.resolve("plugins"), glob)) {
			for (Path jar : jars) {
				return jar;
			}
		}
		throw new IOException(glob + " is missing from " + install);
	}

	/** Classes of a signed jar stay out of the archive of classes; the build has checked the signature's owner. */
	private static void copyUnsigned(Path jar, Path copy) throws IOException {
		try (JarFile from = new JarFile(jar.toFile(), false); OutputStream file = Files.newOutputStream(copy);
				ZipOutputStream to = new ZipOutputStream(file)) {
			for (JarEntry entry : from.stream().toList()) {
				if (entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) {
					continue;
				}
				ZipEntry fresh = new ZipEntry(entry.getName());
				fresh.setTime(entry.getTime());
				to.putNextEntry(fresh);
				try (var bytes = from.getInputStream(entry)) {
					bytes.transferTo(to);
				}
				to.closeEntry();
			}
		}
	}

	/** Lets the framework resolve its bundles once, then records the classes a start loads. */
	private static void prepare(Path install) throws IOException, InterruptedException {
		Path home = Files.createTempDirectory("keepsake-prepare");
		try {
			start(install, home, List.of("-Dkeepsake.prepare=true"), "--version");
			Path archive = install.resolve("lib").resolve("keepsake.aot");
			Files.deleteIfExists(archive);
			// For here alone: what the framework wrote names the bundles by their place.
			Files.writeString(install.resolve("configuration").resolve(".ready"), install.toRealPath().toString());
			start(install, home, List.of("-XX:AOTCacheOutput=" + archive), TRAINING);
			if (!Files.isRegularFile(archive)) {
				throw new IOException("the archive of classes was not written: " + archive);
			}
		} finally {
			removeTree(home);
		}
	}

	private static void start(Path install, Path home, List<String> options, String argument)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:+UseSerialGC", "-Xlog:disable",
				"--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true"));
		command.addAll(options);
		// As the start scripts spell it: the archive is bound to the class path.
		command.addAll(List.of("-cp",
				install + "/lib/launcher.jar" + System.getProperty("path.separator") + install + "/lib/framework.jar",
				"org.keepsake.launcher.internal.Launcher", argument));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("KEEPSAKE_HOME", home.toString());
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		Path output = home.resolve("output");
		Process process = builder.redirectOutput(output.toFile()).start();
		boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		if (!ended) {
			process.destroyForcibly();
		}
		if (!ended || process.exitValue() != 0) {
			throw new IOException("the product does not start (" + argument + "): " + Files.readString(output));
		}
	}

	private static void removeTree(Path tree) throws IOException {
		List<Path> paths;
		try (var walk = Files.walk(tree)) {
			paths = walk.sorted(java.util.Comparator.reverseOrder()).toList();
		}
		for (Path path : paths) {
			Files.delete(path);
		}
	}
}
