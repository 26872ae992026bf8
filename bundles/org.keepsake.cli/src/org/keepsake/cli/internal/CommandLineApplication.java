// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.util.Map;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.terminal.Interrupts;
import org.keepsake.cli.internal.terminal.SystemTerminal;
import org.keepsake.engine.Keepsake;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;

/** The command line as an Equinox application. The value it returns becomes the process' exit status. */
public final class CommandLineApplication implements IApplication {

	private volatile @Nullable Interrupts interrupts;

	@Override
	public Object start(@Nullable IApplicationContext context) {
		String[] arguments = arguments(context);
		String version = version();
		if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
			System.out.println("keepsake " + version);
			return EXIT_OK;
		}
		Map<String, String> environment = System.getenv();
		Interrupts signals = Interrupts.ofProcess();
		interrupts = signals;
		Cli cli = new Cli(version, new SystemTerminal(environment), environment,
				variables -> new KeepsakeEngine(Keepsake.open(variables)), signals);
		return Integer.valueOf(new KeepsakeCommand(cli).run(arguments));
	}

	private static String[] arguments(@Nullable IApplicationContext context) {
		Object arguments = context == null ? null
				: context.getArguments().get(IApplicationContext.APPLICATION_ARGS);
		return arguments instanceof String[] texts ? texts : new String[0];
	}

	private static String version() {
		Version version = FrameworkUtil.getBundle(CommandLineApplication.class).getVersion();
		return version.getMajor() + "." + version.getMinor() + '.' + version.getMicro();
	}

	@Override
	public void stop() {
		Interrupts signals = interrupts;
		if (signals != null) {
			signals.cancelAndWait();
		}
	}
}
