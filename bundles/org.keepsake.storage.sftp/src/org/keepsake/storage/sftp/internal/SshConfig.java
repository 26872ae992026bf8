// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code ~/.ssh/config} says about a host: the sections {@code Host} with their patterns, the first value of an
 * option counts, files named by {@code Include} are read. Sections {@code Match} are passed over. Source: ssh_config(5)
 * of OpenSSH.
 */
final class SshConfig {

	private static final int DEEPEST = 8;
	private static final long LARGEST = 1 << 20;

	private final Path home;
	private final String host;
	private final Map<String, List<String>> options = new HashMap<>();

	private SshConfig(Path home, String host) {
		this.home = home;
		this.host = host;
	}

	/** Reads the file of a person; one that is not there says nothing. */
	static SshConfig of(Path home, String host) {
		SshConfig config = new SshConfig(home, host);
		config.read(home.resolve(".ssh/config"), DEEPEST);
		return config;
	}

	/** The first value of an option; its name is not case-sensitive. */
	Optional<String> first(String option) {
		return all(option).stream().findFirst();
	}

	/** All values of an option that may be given several times. */
	List<String> all(String option) {
		return options.getOrDefault(option.toLowerCase(Locale.ROOT), List.of());
	}

	private void read(Path file, int depth) {
		List<String> lines;
		try {
			if (depth == 0 || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
				return;
			}
			lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
		} catch (IOException e) {
			System.getLogger(SshConfig.class.getName()).log(System.Logger.Level.WARNING, "Cannot read {0}", file);
			return;
		}
		boolean meant = true;
		for (String line : lines) {
			List<String> words = words(line);
			if (words.size() < 2) {
				continue;
			}
			String option = words.getFirst().toLowerCase(Locale.ROOT);
			List<String> values = words.subList(1, words.size());
			switch (option) {
				case "host" -> meant = matches(values);
				case "match" -> meant = false;
				case "include" -> {
					if (meant) {
						values.forEach(each -> include(each, depth));
					}
				}
				default -> {
					if (meant) {
						options.computeIfAbsent(option, each -> new ArrayList<>())
								.add(option.equals("proxycommand") ? String.join(" ", values) : values.getFirst());
					}
				}
			}
		}
	}

	private void include(String pattern, int depth) {
		Path below = expand(home, pattern.startsWith("~") ? pattern : home.resolve(".ssh").resolve(pattern).toString());
		Path folder = below.getParent();
		Path name = below.getFileName();
		if (folder == null || name == null) {
			return;
		}
		try (var files = Files.newDirectoryStream(folder, name.toString())) {
			List<Path> sorted = new ArrayList<>();
			files.forEach(sorted::add);
			sorted.stream().sorted().forEach(file -> read(file, depth - 1));
		} catch (IOException e) {
			System.getLogger(SshConfig.class.getName()).log(System.Logger.Level.DEBUG, "Nothing at {0}", below);
		}
	}

	private boolean matches(List<String> patterns) {
		boolean matches = false;
		for (String pattern : patterns) {
			boolean not = pattern.startsWith("!");
			if (glob(not ? pattern.substring(1) : pattern).matcher(host.toLowerCase(Locale.ROOT)).matches()) {
				if (not) {
					return false;
				}
				matches = true;
			}
		}
		return matches;
	}

	private static Pattern glob(String pattern) {
		StringBuilder regex = new StringBuilder();
		for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
			regex.append(switch (c) {
				case '*' -> ".*";
				case '?' -> ".";
				default -> Pattern.quote(String.valueOf(c));
			});
		}
		return Pattern.compile(regex.toString());
	}

	/** The words of a line; quotation marks keep them together, an equals sign may follow the first. */
	private static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		StringBuilder word = new StringBuilder();
		boolean quoted = false;
		boolean any = false;
		for (char c : (line.strip() + ' ').toCharArray()) {
			if (c == '#' && !any && !quoted) {
				break;
			}
			if (c == '"') {
				quoted = !quoted;
				any = true;
			} else if (!quoted && (Character.isWhitespace(c) || c == '=' && words.isEmpty())) {
				if (any) {
					words.add(word.toString());
				}
				word.setLength(0);
				any = false;
			} else if (quoted || c != '=' || words.size() > 1 || any) {
				word.append(c);
				any = true;
			}
		}
		return words;
	}

	/** A file's path with the home folder in place of a tilde. */
	static Path expand(Path home, String path) {
		if (path.equals("~") || path.startsWith("~/")) {
			return home.resolve(path.substring(Math.min(path.length(), 2)));
		}
		return path.startsWith("%d/") ? home.resolve(path.substring(3)) : Path.of(path);
	}
}
