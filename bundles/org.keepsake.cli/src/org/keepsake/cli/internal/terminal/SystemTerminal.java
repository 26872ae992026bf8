// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The process' own streams. Whether they are terminals is told by the start script in the system property
 * {@value #PROPERTY}, since Java cannot ask for each; without it, Linux tells through {@code /proc}, and elsewhere the
 * console counts for all three.
 */
public final class SystemTerminal implements Terminal {

	/** The numbers of those streams that are terminals: {@code 012}, {@code 2}, or empty. */
	public static final String PROPERTY = "keepsake.terminals";

	private static final int USUAL_COLUMNS = 80;
	private static final long COLUMNS_HOLD_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final PrintStream out;
	private final PrintStream err;
	private final InputStream in;
	private final boolean unicode;
	private final Map<String, String> environment;
	private volatile int columns;
	private volatile long columnsReadAt;

	/** Over the process' streams; JSON and text leave in UTF-8 unless the system says that it reads another charset. */
	public SystemTerminal(Map<String, String> environment) {
		this.environment = Map.copyOf(environment);
		Charset charset = charset();
		unicode = charset.equals(StandardCharsets.UTF_8);
		out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false,
				charset);
		err = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), 1 << 12), true,
				charset);
		in = System.in;
	}

	/** A system without a language set claims ASCII, and yet shows UTF-8. */
	private static Charset charset() {
		Charset said = System.out.charset();
		return said.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : said;
	}

	@Override
	public PrintStream out() {
		return out;
	}

	@Override
	public PrintStream err() {
		return err;
	}

	@Override
	public InputStream in() {
		return in;
	}

	@Override
	public boolean outIsTerminal() {
		return isTerminal(1);
	}

	@Override
	public boolean errIsTerminal() {
		return isTerminal(2);
	}

	@Override
	public boolean canAsk() {
		return isTerminal(0) && isTerminal(2);
	}

	@Override
	public boolean unicode() {
		return unicode;
	}

	private static boolean isTerminal(int stream) {
		String told = System.getProperty(PROPERTY);
		if (told != null) {
			return told.contains(Integer.toString(stream));
		}
		Path link = Path.of("/proc/self/fd/" + stream);
		if (Files.isSymbolicLink(link)) {
			try {
				String device = Files.readSymbolicLink(link).toString();
				return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty")
						|| device.equals("/dev/console");
			} catch (IOException e) {
				return false;
			}
		}
		Console console = System.console();
		return console != null && console.isTerminal();
	}

	@Override
	public int columns() {
		long now = System.nanoTime();
		if (columns == 0 || now - columnsReadAt > COLUMNS_HOLD_NANOS) {
			columnsReadAt = now;
			columns = readColumns();
		}
		return columns;
	}

	private int readColumns() {
		try {
			String told = environment.get("COLUMNS");
			if (told != null) {
				return Math.clamp(Integer.parseInt(told.strip()), 20, 1000);
			}
			if (Files.isReadable(TerminalEcho.DEVICE)) {
				String[] size = TerminalEcho.stty("size").split(" ");
				int width = size.length == 2 ? Integer.parseInt(size[1]) : 0;
				return width > 0 ? Math.clamp(width, 20, 1000) : USUAL_COLUMNS;
			}
		} catch (IOException | NumberFormatException e) {
			return USUAL_COLUMNS;
		}
		return USUAL_COLUMNS;
	}

	@Override
	public @Nullable String ask(String question) throws IOException {
		err.print(question);
		err.flush();
		return new LineInput(in, StandardCharsets.UTF_8).readLine();
	}

	@Override
	public char @Nullable [] askSecretly(String question) throws IOException {
		err.flush();
		Console console = System.console();
		try {
			// The question comes when nothing typed is shown any more: a program that answers does so at once.
			if (console != null && console.isTerminal()) {
				return console.readPassword("%s", question);
			}
			try (TerminalEcho echo = TerminalEcho.off()) {
				err.print(question);
				err.flush();
				return new LineInput(in, StandardCharsets.UTF_8).readCharacters();
			} finally {
				err.println();
			}
		} finally {
			err.flush();
		}
	}
}
