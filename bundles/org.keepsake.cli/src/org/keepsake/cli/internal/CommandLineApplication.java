// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.osgi.framework.FrameworkUtil;

/** The command line as an Equinox application. */
public final class CommandLineApplication implements IApplication {

	@Override
	public Object start(IApplicationContext context) {
		System.out.println("keepsake " + FrameworkUtil.getBundle(getClass()).getVersion());
		return EXIT_OK;
	}

	@Override
	public void stop() {
		// Nothing runs that could be stopped.
	}
}
