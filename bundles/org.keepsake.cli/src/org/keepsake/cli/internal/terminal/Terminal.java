// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

import org.eclipse.jdt.annotation.Nullable;

/** Where the command line reads and writes. Data goes to {@link #out()}, everything else to {@link #err()}. */
public interface Terminal {

	/** For data. Buffered: whoever writes flushes. */
	PrintStream out();

	/** For talk, progress, questions and problems. */
	PrintStream err();

	/** What is typed or piped in. */
	InputStream in();

	/** Whether a person reads {@link #out()} on a terminal. */
	boolean outIsTerminal();

	/** Whether a person reads {@link #err()} on a terminal. */
	boolean errIsTerminal();

	/** Whether a person can be asked: a terminal is there to show the question and to type the answer. */
	boolean canAsk();

	/** Whether more than ASCII can be shown. */
	boolean unicode();

	/** The terminal's width now. */
	int columns();

	/** Asks, and reads one line; null where the input ended. Only if {@link #canAsk()}. */
	@Nullable
	String ask(String question) throws IOException;

	/** Asks, and reads a password without showing it; null where the input ended. Only if {@link #canAsk()}. */
	char @Nullable [] askSecretly(String question) throws IOException;
}
