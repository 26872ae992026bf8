// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.core.runtime.adaptor.EclipseStarter;

/**
 * Starts Keepsake from an installation: without arguments the window, with arguments the command line.
 *
 * <p>
 * It takes the place of Equinox's own launcher, whose class loader keeps the framework out of class-data sharing: here
 * the framework is on the class path, from a copy without signature files, so that the JVM maps its classes from an
 * archive. The layout it expects: {@code lib} with this class, {@code plugins}, {@code configuration/config.ini}.
 */
public final class Launcher {

	/** Set while an installation is made: the framework writes its caches into the installation. */
	private static final String PREPARE = "keepsake.prepare";

	/** Bundles that only the window needs start above this level. */
	private static final String COMMAND_LINE_LEVEL = "4";
	private static final String WINDOW_LEVEL = "5";

	private Launcher() {
	}

	/**
	 * Starts the framework and the application, and ends the process with the application's exit status.
	 *
	 * @param arguments what the person typed
	 */
	public static void main(String[] arguments) {
		int status;
		System.setErr(new OpenPrintStream(System.err));
		try {
			status = run(arguments);
		} catch (WindowIsOpenException | UnusableFolderException e) {
			System.err.println("keepsake: " + e.getMessage());
			status = 1;
		} catch (Exception e) {
			System.err.println("keepsake: could not start: " + e.getMessage());
			System.err.println("The installation may be incomplete. Install Keepsake again, or look into "
					+ home().resolve("logs").resolve("framework.log"));
			status = 1;
		}
		System.out.flush();
		System.exit(status);
	}

	private static int run(String[] arguments) throws Exception {
		Path install = installation();
		UnusableFolderException.check(install, "Move it to another folder.");
		Map<String, String> properties = properties(install, arguments.length == 0);
		try (Configuration configuration = Configuration.choose(install, home(), arguments.length == 0,
				Boolean.getBoolean(PREPARE))) {
			UnusableFolderException.check(configuration.folder(), "Set KEEPSAKE_HOME to another folder.");
			properties.put("osgi.configuration.area", "file:" + configuration.folder() + "/");
			if (configuration.readOnly()) {
				properties.put("osgi.configuration.area.readOnly", "true");
			}
			EclipseStarter.setInitialProperties(properties);
			if (!(EclipseStarter.run(arguments, null) instanceof Integer status)) {
				// The framework has logged why it found no application; every application of ours returns its status.
				throw new IOException("the application is missing or broken");
			}
			configuration.complete();
			return status;
		}
	}

	private static Map<String, String> properties(Path install, boolean window) throws IOException {
		Map<String, String> properties = new HashMap<>();
		for (String name : System.getProperties().stringPropertyNames()) {
			if (name.startsWith("osgi.") || name.startsWith("eclipse.")) {
				properties.put(name, System.getProperty(name));
			}
		}
		properties.put("osgi.framework.useSystemProperties", "false");
		properties.put("osgi.noShutdown", "false");
		properties.put("osgi.compatibility.bootdelegation", "false");
		properties.put("osgi.install.area", "file:" + install + "/");
		properties.put("osgi.framework", "file:" + framework(install));
		putLog(properties);
		if (window) {
			properties.put("osgi.startLevel", WINDOW_LEVEL);
			properties.put("osgi.instance.area", "file:" + home().resolve("workbench") + "/");
			properties.put("eclipse.application", "org.eclipse.e4.ui.workbench.swt.E4Application");
			properties.put("eclipse.product", "org.keepsake.ui.product");
		} else {
			properties.put("osgi.startLevel", COMMAND_LINE_LEVEL);
			properties.put("osgi.instance.area", "@none");
			properties.put("eclipse.application", "org.keepsake.cli.application");
		}
		return properties;
	}

	private static void putLog(Map<String, String> properties) {
		Path log = home().resolve("logs").resolve("framework.log");
		try {
			Files.createDirectories(log.getParent());
			properties.put("osgi.logfile", log.toString());
		} catch (IOException e) {
			// The framework then logs to standard error; what is wrong with the folder, the engine tells.
		}
	}

	private static Path installation() throws URISyntaxException {
		Path jar = Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		return jar.getParent().getParent();
	}

	/** The framework's bundle: the jar on the class path is its copy, but bundles are found beside the original. */
	private static Path framework(Path install) throws IOException {
		try (var jars = Files.newDirectoryStream(install.resolve("plugins"), "org.eclipse.osgi_*.jar")) {
			for (Path jar : jars) {
				return jar;
			}
		}
		throw new IOException("the framework is missing from " + install.resolve("plugins"));
	}

	private static Path home() {
		return Home.locate(System.getenv(), System.getProperty("os.name", ""),
				Path.of(System.getProperty("user.home", "."))).toAbsolutePath();
	}
}
