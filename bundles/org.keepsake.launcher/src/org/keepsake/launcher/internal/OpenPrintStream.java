// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.io.OutputStream;
import java.io.PrintStream;

/** Standard error that stays open: the framework closes it with its log, and what follows would be lost. */
final class OpenPrintStream extends PrintStream {

	OpenPrintStream(OutputStream out) {
		super(out, true);
	}

	@Override
	public void close() {
		flush();
	}
}
