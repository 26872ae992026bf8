// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.cli.internal.output.Style;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.SearchResult.Hit;
import org.keepsake.engine.SearchResult.Mark;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake search}. */
@Command(name = "search",
		description = { "Searches everything in a backup: messages, notes, contacts, calendars, history, ...",
				"All words must occur, in any order; the beginning of a word finds it. The first search of a backup makes an "
						+ "index, kept in the cache of the state folder and, for an encrypted backup, encrypted itself. "
						+ "Passwords are never in it." },
		footer = { "", "Examples:", "  keepsake search latest dinner friday",
				"  keepsake search 3f2a91c4 anna --data messages",
				"  keepsake search latest invoice --json", "  keepsake search --clear-index" })
public final class SearchCommand implements Callable<Integer> {

	private static final int USUAL_LIMIT = 20;
	/** What no shell takes apart. */
	private static final Pattern PLAIN = Pattern.compile("[\\w./:@-]+");

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", arity = "0..1", paramLabel = "SNAPSHOT",
			description = { "The backup: an id that keepsake snapshots shows, "
					+ "the beginning of one, latest, or the path of a backup folder." })
	private @Nullable String reference;

	@Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "The words to find.")
	private List<String> words = List.of();

	@Option(names = "--target", paramLabel = "TARGET",
			description = "Where the backup is: a configured name or a folder. All configured ones if left out.")
	private @Nullable String target;

	@Option(names = "--data", paramLabel = "NAME", description = "Search this data set only.")
	private @Nullable String dataSet;

	@Option(names = "--limit", paramLabel = "N", defaultValue = "" + USUAL_LIMIT,
			description = "Show at most so many of each data set; " + USUAL_LIMIT + " if left out.")
	private int limit = USUAL_LIMIT;

	@Option(names = "--clear-index", description = "Delete the search indexes of all backups.")
	private boolean clear;

	@Mixin
	private PasswordOptions password = new PasswordOptions();

	@Option(names = "--device", paramLabel = "UDID", converter = UdidConverter.class,
			description = "Whose backup, where latest could be that of several devices.")
	private @Nullable Udid device;

	@Mixin
	private PlaceOptions options = new PlaceOptions();

	/** One run of the command. */
	public SearchCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		if (clear) {
			clear();
		}
		String backup = reference;
		if (backup == null || words.isEmpty()) {
			if (clear && backup == null) {
				return Cli.DONE;
			}
			throw CliProblems.USAGE.exception("Name a backup and what to search for", "keepsake search");
		}
		if (limit < 1) {
			throw new ParameterException(spec.commandLine(), "--limit takes a number from 1 on, not " + limit);
		}
		String place = Place.known(cli, target);
		options.give(cli, place);
		KeptBackup kept = cli.engine().find(backup, place, device);
		SearchRequest request = new SearchRequest(String.join(" ", words), dataSet, limit);
		try (OpenedBackup opened = Opening.open(cli, kept, password)) {
			SearchResult result = cli.query(monitor -> opened.search(request, monitor));
			if (cli.json()) {
				cli.print(json(request, result));
			} else {
				print(kept, request, result);
			}
		}
		return Cli.DONE;
	}

	private void clear() throws IOException {
		long bytes = cli.engine().clearSearchIndexes();
		if (cli.json() && reference == null) {
			cli.print(new JsonObject().put("clearedBytes", Long.valueOf(bytes)));
		} else {
			cli.say(bytes == 0 ? "There is no search index."
					: "Deleted the search indexes: " + Human.bytes(bytes) + ".");
		}
	}

	private static JsonObject json(SearchRequest request, SearchResult result) {
		return new JsonObject().put("text", request.text()).put("matches", Long.valueOf(result.matches()))
				.put("groups", result.groups().stream().map(SearchCommand::json).toList())
				.put("remarks", result.remarks());
	}

	private static JsonObject json(SearchResult.Group group) {
		return new JsonObject().put("dataSet", group.dataSet()).put("title", group.title())
				.put("matches", Long.valueOf(group.matches()))
				.put("hits",
						group.hits().stream().map(hit -> new JsonObject().put("key", hit.key()).put("date", hit.date())
								.put("headline", hit.headline()).put("excerpt", hit.excerpt())
								.put("marks", hit.marks().stream().map(
										mark -> List.of(Integer.valueOf(mark.start()), Integer.valueOf(mark.end())))
										.toList()))
								.toList());
	}

	private void print(KeptBackup kept, SearchRequest request, SearchResult result) {
		for (SearchResult.Group group : result.groups()) {
			cli.print(cli.outStyle().strong(Human.printable(group.title())) + ": " + Human.number(group.matches())
					+ (group.matches() == 1 ? " record" : " records"));
			for (Hit hit : group.hits()) {
				cli.print("  " + DataCommand.when(cli, hit.date()) + highlighted(hit, cli.outStyle()));
			}
			if (group.matches() > group.hits().size()) {
				cli.print("  and " + Human.number(group.matches() - group.hits().size()) + " more: "
						+ forAll(kept, request, group));
			}
		}
		result.remarks().forEach(cli::warn);
		if (result.groups().isEmpty()) {
			cli.say("Nothing was found.");
		}
	}

	/** The same search for all that one data set has; it must find the backup again, and the same records. */
	private String forAll(KeptBackup kept, SearchRequest request, SearchResult.Group group) {
		String place = target;
		return "keepsake search " + kept.snapshot().id().brief() + ' ' + quoted(request.text()) + " --data "
				+ group.dataSet() + " --limit " + group.matches() + (place == null ? "" : " --target " + quoted(place));
	}

	/** As a shell takes it. */
	private static String quoted(String text) {
		String shown = Human.printable(text);
		return PLAIN.matcher(shown).matches() ? shown : '\'' + shown.replace("'", "'\\''") + '\'';
	}

	/** The record's own line with what was found in it; what was found elsewhere in its text stands behind it. */
	static String highlighted(Hit hit, Style style) {
		List<Mark> marks = marksIn(hit);
		if (!marks.isEmpty()) {
			return highlighted(hit.headline(), marks, style);
		}
		// A text often begins with its title, which is the headline.
		int again = 0;
		int before = hit.marks().isEmpty() ? 0 : hit.marks().getFirst().start();
		String title = hit.headline() + ' ';
		while (again + title.length() <= before && hit.excerpt().startsWith(title, again)) {
			again += title.length();
		}
		int from = again;
		return Human.printable(hit.headline()) + " – " + highlighted(hit.excerpt().substring(from), hit.marks().stream()
				.map(mark -> new Mark(mark.start() - from, mark.end() - from)).toList(), style);
	}

	/** Where the words that were found stand in the headline; empty if one of them does not. */
	private static List<Mark> marksIn(Hit hit) {
		String headline = hit.headline().toLowerCase(Locale.ROOT);
		List<Mark> found = new ArrayList<>();
		for (Mark mark : hit.marks()) {
			String word = hit.excerpt().substring(mark.start(), mark.end()).toLowerCase(Locale.ROOT);
			int at = headline.length() == hit.headline().length() ? headline.indexOf(word) : -1;
			if (at < 0) {
				return List.of();
			}
			if (found.stream().noneMatch(other -> at < other.end() && other.start() < at + word.length())) {
				found.add(new Mark(at, at + word.length()));
			}
		}
		found.sort(Comparator.comparingInt(Mark::start));
		return found;
	}

	private static String highlighted(String text, List<Mark> marks, Style style) {
		StringBuilder line = new StringBuilder();
		int at = 0;
		for (Mark mark : marks) {
			line.append(Human.printable(text.substring(at, mark.start())));
			line.append(style.strong(Human.printable(text.substring(mark.start(), mark.end()))));
			at = mark.end();
		}
		return line.append(Human.printable(text.substring(at))).toString();
	}
}
