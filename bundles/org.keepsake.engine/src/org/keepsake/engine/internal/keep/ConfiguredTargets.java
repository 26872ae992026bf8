// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.Targets;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Home;
import org.keepsake.engine.internal.Texts;

/**
 * Targets as {@code targets.properties} in the state folder names them: {@code target.<name>=<location>},
 * {@code setting.<name>/<key>=<value>} and {@code default=<name>}. The default is the one marked so, else the first factory's own place under the name
 * {@code default}. Thread-safe; the file is read anew each time, because other processes change it.
 */
public final class ConfiguredTargets implements Targets {

	/** What the built-in default target is called. */
	public static final String BUILT_IN = "default";

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}");
	private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
	/** Places whose address has a folder's path behind the scheme. */
	private static final Pattern FOLDER_ADDRESS = Pattern.compile("(restic|local):(?!//)(.*)");
	private static final Pattern SETTING = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
	private static final String PREFIX = "target.";
	private static final String SETTINGS = "setting.";
	private static final String DEFAULT = "default";
	private static final int MAX_FILE_BYTES = 1 << 20;

	private final Home home;
	private final List<TargetFactory> factories;
	private final Path userHome;
	private final Places places;

	/**
	 * With what places are opened with.
	 *
	 * @param userHome what {@code ~} stands for
	 */
	public ConfiguredTargets(Home home, List<TargetFactory> factories, Path userHome, Places places) {
		this.home = home;
		this.factories = List.copyOf(factories);
		this.userHome = userHome;
		this.places = places;
	}

	@Override
	public List<Entry> list() throws IOException {
		Configuration configuration = read();
		List<Entry> entries = new ArrayList<>();
		Optional<String> builtIn = builtInLocation();
		String marked = configuration.marked();
		if (builtIn.isPresent()) {
			entries.add(new Entry(BUILT_IN, builtIn.get(), marked == null));
		}
		configuration.locations().forEach((name, location) -> entries.add(configuration.entry(name)));
		return entries;
	}

	@Override
	public Entry add(String name, String location, Map<String, String> settings, boolean makeDefault)
			throws IOException {
		if (!NAME.matcher(name).matches()) {
			throw EngineProblems.TARGET_NAME_REFUSED.exception(name);
		}
		Map<String, String> kept = merged(Map.of(), settings);
		String absolute = absolute(location);
		TargetFactory factory = factory(absolute, location);
		requireKnown(factory, absolute, kept.keySet());
		tryOut(factory, absolute, kept);
		return home.exclusively(() -> {
			for (Entry entry : list()) {
				if (entry.name().equalsIgnoreCase(name)) {
					throw EngineProblems.TARGET_NAME_TAKEN.exception(name, entry.location());
				}
			}
			Configuration before = read();
			Map<String, String> locations = new TreeMap<>(before.locations());
			locations.put(name, absolute);
			Map<String, Map<String, String>> all = new TreeMap<>(before.settings());
			all.put(name, kept);
			write(new Configuration(locations, all, makeDefault ? name : before.marked()));
			return new Entry(name, absolute, makeDefault, kept);
		});
	}

	/** Nothing is connected; but what its kind does not understand is told now, not at the first backup. */
	private void tryOut(TargetFactory factory, String location, Map<String, String> settings) throws IOException {
		Failures.guard(JobMonitor.NONE, () -> factory.open(location, places.at(location, settings, false))).close();
	}

	private void requireKnown(TargetFactory factory, String location, Set<String> keys) throws IOException {
		List<String> known = factory.settings(location, places.storages()).stream()
				.filter(setting -> !setting.isHidden()).map(Setting::key).toList();
		for (String key : keys) {
			if (!known.contains(key)) {
				throw EngineProblems.SETTING_UNKNOWN.exception(key, known.isEmpty() ? Texts.of("settings.none")
						: Texts.of("settings.known", String.join(", ", known)));
			}
		}
	}

	@Override
	public List<Setting> settings(String nameOrLocation) throws IOException {
		String location = resolve(nameOrLocation).location();
		return factory(location, location).settings(location, places.storages());
	}

	@Override
	public Entry configure(String name, Map<String, String> settings) throws IOException {
		return home.exclusively(() -> {
			Configuration before = read();
			if (!before.locations().containsKey(name)) {
				throw name.equals(BUILT_IN) ? EngineProblems.TARGET_BUILT_IN.exception() : unknown(name);
			}
			Map<String, String> merged = merged(before.settings().getOrDefault(name, Map.of()), settings);
			String location = before.entry(name).location();
			TargetFactory factory = factory(location, location);
			// What was kept by another version of Keepsake may stay, and whatever it is may go.
			requireKnown(factory, location, settings.entrySet().stream().filter(each -> !each.getValue().isEmpty())
					.map(Map.Entry::getKey).collect(Collectors.toSet()));
			tryOut(factory, location, merged);
			Map<String, Map<String, String>> all = new TreeMap<>(before.settings());
			all.put(name, merged);
			Configuration after = new Configuration(before.locations(), all, before.marked());
			write(after);
			return after.entry(name);
		});
	}

	private static Map<String, String> merged(Map<String, String> before, Map<String, String> changes)
			throws IOException {
		Map<String, String> merged = new TreeMap<>(before);
		for (Map.Entry<String, String> change : changes.entrySet()) {
			if (!SETTING.matcher(change.getKey()).matches()) {
				throw EngineProblems.SETTING_REFUSED.exception(change.getKey());
			}
			if (change.getValue().isEmpty()) {
				merged.remove(change.getKey());
			} else {
				merged.put(change.getKey(), change.getValue());
			}
		}
		return merged;
	}

	@Override
	public void remove(String name) throws IOException {
		home.exclusively(() -> {
			Configuration before = read();
			Map<String, String> locations = new TreeMap<>(before.locations());
			if (locations.remove(name) == null) {
				throw name.equals(BUILT_IN) ? EngineProblems.TARGET_BUILT_IN.exception() : unknown(name);
			}
			Map<String, Map<String, String>> settings = new TreeMap<>(before.settings());
			settings.remove(name);
			write(new Configuration(locations, settings, name.equals(before.marked()) ? null : before.marked()));
			return name;
		});
	}

	@Override
	public void makeDefault(String name) throws IOException {
		home.exclusively(() -> {
			Configuration before = read();
			boolean builtIn = name.equals(BUILT_IN) && builtInLocation().isPresent();
			if (!builtIn && !before.locations().containsKey(name)) {
				throw unknown(name);
			}
			write(new Configuration(before.locations(), before.settings(), builtIn ? null : name));
			return name;
		});
	}

	@Override
	public Entry defaultTarget() throws IOException {
		return list().stream().filter(Entry::isDefault).findFirst().orElseThrow(EngineProblems.NO_TARGET::exception);
	}

	@Override
	public BackupTarget open(String nameOrLocation) throws IOException {
		return open(nameOrLocation, true);
	}

	/** The same. @param mayAsk whether a person may be asked for a secret */
	public BackupTarget open(String nameOrLocation, boolean mayAsk) throws IOException {
		Entry entry = resolve(nameOrLocation);
		TargetFactory factory = factory(entry.location(), entry.location());
		return Failures.guard(JobMonitor.NONE,
				() -> factory.open(entry.location(), places.at(entry.location(), entry.settings(), mayAsk)));
	}

	/** The target of that name, or at that location; one that is not configured has its location for a name. */
	public Entry resolve(String nameOrLocation) throws IOException {
		List<Entry> entries = list();
		for (Entry entry : entries) {
			if (entry.name().equals(nameOrLocation)) {
				return entry;
			}
		}
		if (NAME.matcher(nameOrLocation).matches() && !isFolder(nameOrLocation)) {
			// A mistyped name must not silently become a new folder.
			throw unknown(nameOrLocation);
		}
		String location = absolute(nameOrLocation);
		return entries.stream().filter(entry -> entry.location().equals(location)).findFirst()
				.orElseGet(() -> new Entry(location, location, false));
	}

	/** What the place is called: its configured name, or its location where it has none. */
	public String nameOf(String location) throws IOException {
		return list().stream().filter(entry -> entry.location().equals(location)).map(Entry::name).findFirst()
				.orElse(location);
	}

	private TargetFactory factory(String location, String asWritten) throws IOException {
		for (TargetFactory factory : factories) {
			if (factory.accepts(location)) {
				return factory;
			}
		}
		throw unknown(asWritten);
	}

	private String absolute(String location) {
		Matcher folder = FOLDER_ADDRESS.matcher(location);
		return folder.matches() ? folder.group(1) + ':' + absolutePath(folder.group(2)) : absolutePath(location);
	}

	private String absolutePath(String location) {
		String place = location;
		if (place.equals("~") || place.startsWith("~/")) {
			place = userHome + place.substring(1);
		}
		boolean drive = place.length() > 1 && place.charAt(1) == ':';
		if (ADDRESS.matcher(place).matches() && !drive) {
			return place;
		}
		try {
			return Path.of(place).toAbsolutePath().normalize().toString();
		} catch (InvalidPathException e) {
			return place;
		}
	}

	private static boolean isFolder(String text) {
		try {
			return Files.isDirectory(Path.of(text));
		} catch (InvalidPathException e) {
			return false;
		}
	}

	private Optional<String> builtInLocation() {
		for (TargetFactory factory : factories) {
			String location = factory.defaultLocation();
			if (location != null) {
				return Optional.of(location);
			}
		}
		return Optional.empty();
	}

	private org.keepsake.core.ProblemException unknown(String wanted) throws IOException {
		String names = list().stream().map(Entry::name).collect(Collectors.joining(", "));
		return EngineProblems.TARGET_UNKNOWN.exception(wanted, names);
	}

	private Configuration read() throws IOException {
		Path file = file();
		Properties properties = new Properties();
		try {
			if (Files.isRegularFile(file) && Files.size(file) <= MAX_FILE_BYTES) {
				properties.load(new ByteArrayInputStream(Files.readAllBytes(file)));
			}
		} catch (IOException e) {
			throw EngineProblems.HOME_UNUSABLE.exceptionBecause(e, file.toString(), Failures.sentence(e));
		} catch (IllegalArgumentException e) {
			throw EngineProblems.HOME_UNUSABLE.exceptionBecause(e, file.toString(), String.valueOf(e.getMessage()));
		}
		Map<String, String> locations = new TreeMap<>();
		Map<String, Map<String, String>> settings = new TreeMap<>();
		for (String key : properties.stringPropertyNames()) {
			String value = properties.getProperty(key, "");
			int slash = key.indexOf('/');
			if (key.startsWith(PREFIX)) {
				locations.put(key.substring(PREFIX.length()), value);
			} else if (key.startsWith(SETTINGS) && slash > 0) {
				settings.computeIfAbsent(key.substring(SETTINGS.length(), slash), _ -> new TreeMap<>())
						.put(key.substring(slash + 1), value);
			}
		}
		String marked = properties.getProperty(DEFAULT);
		return new Configuration(locations, settings, marked != null && locations.containsKey(marked) ? marked : null);
	}

	private void write(Configuration configuration) throws IOException {
		Properties properties = new Properties();
		configuration.locations().forEach((name, location) -> properties.setProperty(PREFIX + name, location));
		configuration.settings().forEach((name, settings) -> settings
				.forEach((key, value) -> properties.setProperty(SETTINGS + name + '/' + key, value)));
		String marked = configuration.marked();
		if (marked != null) {
			properties.setProperty(DEFAULT, marked);
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		properties.store(bytes, "Where Keepsake keeps backups");
		home.replace(file(), bytes.toByteArray());
	}

	private Path file() {
		return home.resolve("targets.properties");
	}

	private record Configuration(Map<String, String> locations, Map<String, Map<String, String>> settings,
			@Nullable String marked) {

		Entry entry(String name) {
			return new Entry(name, locations.getOrDefault(name, ""), name.equals(marked),
					settings.getOrDefault(name, Map.of()));
		}
	}
}
