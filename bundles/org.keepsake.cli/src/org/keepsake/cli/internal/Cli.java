// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.output.Json;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.JsonReporter;
import org.keepsake.cli.internal.output.LineReporter;
import org.keepsake.cli.internal.output.LiveReporter;
import org.keepsake.cli.internal.output.ProblemText;
import org.keepsake.cli.internal.output.Reporter;
import org.keepsake.cli.internal.output.Style;
import org.keepsake.cli.internal.terminal.Interrupts;
import org.keepsake.cli.internal.terminal.Terminal;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.Human;

/**
 * What every command works with: the terminal, the engine, and the one way in which results, progress and problems are
 * told. One for each run; used from the main thread.
 */
public final class Cli implements AutoCloseable {

	/** Done. */
	public static final int DONE = 0;
	/** A problem was told. */
	public static final int PROBLEM = 1;
	/** The command was not understood. */
	public static final int USAGE = 2;

	private final String version;
	private final Terminal terminal;
	private final Map<String, String> environment;
	private final Engine.Opener opener;
	private final Interrupts interrupts;
	private @Nullable Engine engine;
	private @Nullable LogFile log;
	private boolean json;
	private boolean remember;
	private volatile @Nullable Reporter current;

	/**
	 * Opens nothing yet.
	 *
	 * @param version     of Keepsake, such as {@code 0.1.0}
	 * @param environment the process' environment variables
	 * @param opener      opens the engine when a command first needs it
	 */
	public Cli(String version, Terminal terminal, Map<String, String> environment, Engine.Opener opener,
			Interrupts interrupts) {
		this.version = version;
		this.terminal = terminal;
		this.environment = Map.copyOf(environment);
		this.opener = opener;
		this.interrupts = interrupts;
	}

	/** Keepsake's version. */
	public String version() {
		return version;
	}

	/** Where to read and write. */
	public Terminal terminal() {
		return terminal;
	}

	/** The process' environment variables. */
	public Map<String, String> environment() {
		return environment;
	}

	/** Ctrl-C. */
	public Interrupts interrupts() {
		return interrupts;
	}

	/** Where the person's clock is. */
	public ZoneId zone() {
		return ZoneId.systemDefault();
	}

	/** Whether results are for a program. */
	public boolean json() {
		return json;
	}

	/** Says whether results are for a program. */
	public void json(boolean wanted) {
		json = wanted;
	}

	/** Whether answers that open a place of backups are to be remembered. */
	public boolean remember() {
		return remember;
	}

	/** Says whether answers that open a place of backups are to be remembered. */
	public void remember(boolean wanted) {
		remember = wanted;
	}

	/** Asks a person something while a job may be showing its progress: that holds still meanwhile. */
	public <T> T interview(Interview<T> questions) throws IOException {
		Reporter busy = current;
		if (busy == null) {
			return questions.ask();
		}
		busy.pause();
		try {
			return questions.ask();
		} finally {
			busy.resume();
		}
	}

	/** The engine, opened at the first call. */
	public Engine engine() throws IOException {
		Engine open = engine;
		if (open == null) {
			open = openEngine(environment);
			log = new LogFile(open.home());
			open.secrets().askWith(new PlaceQuestions(this));
			engine = open;
		}
		return open;
	}

	/** Another engine with another environment; the caller closes it. */
	public Engine openEngine(Map<String, String> otherEnvironment) throws IOException {
		return opener.open(otherEnvironment);
	}

	/** How data is dressed. */
	public Style outStyle() {
		return style(terminal.outIsTerminal());
	}

	/** How talk is dressed. */
	public Style errStyle() {
		return style(terminal.errIsTerminal());
	}

	private Style style(boolean isTerminal) {
		String noColour = environment.getOrDefault("NO_COLOR", "");
		return isTerminal && noColour.isEmpty() && !"dumb".equals(environment.get("TERM")) ? Style.COLOUR
				: Style.PLAIN;
	}

	/** Data for a person: one line. */
	public void print(String line) {
		terminal.out().println(line);
	}

	/** Data for a program: an object on one line. */
	public void print(JsonObject object) {
		terminal.out().println(object);
		terminal.out().flush();
	}

	/** Data for a program: one document that is an array. */
	public void print(Collection<JsonObject> objects) {
		terminal.out().println(Json.lines(objects));
		terminal.out().flush();
	}

	/** Talk to a person, besides the data; a program does not hear it. */
	public void say(String line) {
		if (!json) {
			terminal.out().flush();
			terminal.err().println(line);
		}
	}

	/** Tells a person of something that is not as it should be. */
	public void warn(String line) {
		say(errStyle().warn("Note: ") + Human.printable(line));
	}

	/** Runs a long job: shows its progress, and lets Ctrl-C cancel it. */
	public <T> T run(Job<T> job) throws IOException {
		return run(reporter(), job);
	}

	private <T> T run(Reporter newReporter, Job<T> job) throws IOException {
		terminal.out().flush();
		try (Reporter reporter = newReporter) {
			current = reporter;
			JobControl control = new JobControl(reporter);
			try (Interrupts.Running _ = interrupts.cancelling(() -> cancel(control))) {
				return job.run(control);
			} catch (IOException e) {
				if (control.isCancelled()) {
					throw new CancelledException();
				}
				throw e;
			}
		} finally {
			current = null;
		}
	}

	/** Runs something that may take a while and results in one document: a program does not hear how it goes. */
	public <T> T query(Job<T> job) throws IOException {
		return run(json ? new Silent() : reporter(), job);
	}

	/** Runs a job in which nobody has to do anything: its line moves on a terminal, and a program hears all of it. */
	public <T> T play(Job<T> job) throws IOException {
		Reporter full = json || live() ? reporter() : new Silent();
		return run(json ? full : new WithoutNotices(full), job);
	}

	private record WithoutNotices(Reporter rest) implements Reporter {
		@Override
		public void pause() {
			rest.pause();
		}

		@Override
		public void resume() {
			rest.resume();
		}

		@Override
		public void accept(JobEvent event) {
			if (!(event instanceof JobEvent.Notice)) {
				rest.accept(event);
			}
		}

		@Override
		public void close() {
			rest.close();
		}
	}

	private static final class Silent implements Reporter {
		@Override
		public void accept(JobEvent event) {
			// The document says it all.
		}

		@Override
		public void close() {
			// Nothing is open.
		}
	}

	private void cancel(JobControl control) {
		say("");
		say("Cancelling; press Ctrl-C again to stop at once.");
		control.cancel();
	}

	private boolean live() {
		return terminal.errIsTerminal() && !"dumb".equals(environment.get("TERM"));
	}

	private Reporter reporter() {
		if (json) {
			return new JsonReporter(terminal.out(), System::nanoTime);
		}
		if (live()) {
			return new LiveReporter(terminal.err(), errStyle(), terminal.unicode(), terminal::columns,
					System::nanoTime);
		}
		return new LineReporter(terminal.err(), System::nanoTime);
	}

	/**
	 * Asks the person to type a word before something that cannot be undone.
	 *
	 * @param what   the thing, as a sentence without a full stop
	 * @param answer what has to be typed
	 * @throws CancelledException if something else is typed
	 */
	public void confirm(String what, String answer) throws IOException {
		if (!terminal.canAsk()) {
			throw CliProblems.NOT_CONFIRMED.exception(what);
		}
		String typed = terminal.ask("Type " + errStyle().strong(answer) + " to go on: ");
		if (typed == null || !typed.strip().equalsIgnoreCase(answer)) {
			throw new CancelledException();
		}
	}

	/** Tells why the command failed, and returns the exit status for it. */
	public int fail(Exception failure) {
		if (failure instanceof CancelledException) {
			tell(CliProblems.CANCELLED.problem(), new JsonObject());
			return Interrupts.CANCELLED;
		}
		tell(problemOf(failure), new JsonObject());
		return PROBLEM;
	}

	/** Tells a problem; a program gets the given members besides. */
	public void tell(Problem problem, JsonObject besides) {
		terminal.out().flush();
		if (json) {
			print(JsonObject.event("failed").put("problem", ProblemText.json(problem)).putAll(besides));
		} else if (CliProblems.CANCELLED.matches(problem)) {
			terminal.err().println("Cancelled.");
		} else {
			List<String> lines = ProblemText.lines(problem, terminal.errIsTerminal() ? terminal.columns() : 100,
					errStyle());
			lines.forEach(terminal.err()::println);
		}
		terminal.err().flush();
	}

	private Problem problemOf(Exception failure) {
		if (failure instanceof ProblemException known) {
			return known.problem();
		}
		if (failure instanceof IOException system) {
			log(failure);
			return CliProblems.SYSTEM.problem(sentence(system));
		}
		log(failure);
		Engine open = engine;
		return CliProblems.UNEXPECTED.problem(failure.getClass().getSimpleName(),
				open == null ? "KEEPSAKE_HOME" : LogFile.in(open.home()));
	}

	private void log(Exception failure) {
		if (engine != null) {
			System.getLogger(Cli.class.getName()).log(System.Logger.Level.ERROR, "The command failed", failure);
		}
	}

	private static String sentence(IOException failure) {
		String file = failure instanceof FileSystemException named && named.getFile() != null ? named.getFile() : "";
		return switch (failure) {
			case NoSuchFileException _ -> file + " does not exist.";
			case FileAlreadyExistsException _ -> file + " exists already.";
			case AccessDeniedException _ -> file + " may not be used by you.";
			case FileNotFoundException gone -> gone.getMessage() + '.';
			default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
		};
	}

	/** Flushes the streams and closes the engine. */
	@Override
	public void close() throws IOException {
		terminal.out().flush();
		terminal.err().flush();
		Engine open = engine;
		engine = null;
		LogFile logging = log;
		log = null;
		try {
			if (open != null) {
				open.close();
			}
		} finally {
			if (logging != null) {
				logging.close();
			}
		}
	}

	/**
	 * Questions to a person.
	 *
	 * @param <T> what they result in
	 */
	@FunctionalInterface
	public interface Interview<T> {
		/** Asks. */
		T ask() throws IOException;
	}

	/**
	 * A long job.
	 *
	 * @param <T> what it results in
	 */
	@FunctionalInterface
	public interface Job<T> {
		/** Does it. */
		T run(JobMonitor monitor) throws IOException;
	}
}
