// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Form;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;

/**
 * What every kind of places promises of its settings: it describes all that it reads and reads all that it describes, and
 * says at once, before anything is connected, which value it does not understand.
 */
public abstract class SettingsContract {

	private @Nullable Path folder;

	@BeforeEach
	final void takeFolder(@TempDir Path temporary) {
		folder = temporary;
	}

	/** What is described for a location. */
	protected abstract List<Setting> described();

	/** Opens the place, without anybody behind it. */
	protected abstract Closeable open(TargetFactory.Context context) throws IOException;

	/** The stores that are installed. */
	protected Storages storages() {
		return Storages.NONE;
	}

	/** Settings that are read only when something is connected. */
	protected Set<String> readLater() {
		return Set.of();
	}

	private Closeable open(Map<String, String> settings) throws IOException {
		return open(new Given(settings));
	}

	/** What the place is given; the settings are not copied. */
	private final class Given implements TargetFactory.Context {

		private final Map<String, String> settings;

		Given(Map<String, String> settings) {
			this.settings = settings;
		}

		@Override
		public Map<String, String> environment() {
			return Map.of("HOME", cache().toString());
		}

		@Override
		public Map<String, String> settings() {
			return settings;
		}

		@Override
		public Optional<Secret> secret(String purpose) {
			return Optional.empty();
		}

		@Override
		public Storages storages() {
			return SettingsContract.this.storages();
		}

		@Override
		public Path cache() {
			return Objects.requireNonNull(folder);
		}
	}

	private List<Setting> shown() {
		return described().stream().filter(setting -> !setting.isHidden()).toList();
	}

	@Test
	void describesAllThatItReadsAndReadsAllThatItDescribes() throws IOException {
		Set<String> read = new TreeSet<>(readLater());
		// To look for a key is to compare it with the only one that is there, which nobody asks for.
		Map<String, String> settings = new TreeMap<>((wanted, there) -> {
			read.add(wanted);
			return wanted.compareTo(there);
		});
		settings.put("", "");
		read.remove("");
		open(settings).close();
		assertEquals(new TreeSet<>(shown().stream().map(Setting::key).toList()), read);
	}

	@Test
	void describesEverySettingOnceAndInWords() {
		List<Setting> all = described();
		assertEquals(all.size(), all.stream().map(Setting::key).collect(Collectors.toSet()).size());
		for (Setting setting : all) {
			assertFalse(setting.title().isBlank(), setting::key);
			assertFalse(setting.title().endsWith(".") || setting.title().endsWith(":"), setting::title);
			assertFalse((setting.title() + setting.help()).contains("''"), setting::help);
			assertFalse(setting.help().isBlank() || !setting.help().endsWith("."), setting::help);
		}
	}

	@Test
	void takesEveryValueThatCanBeChosenAndNoOther() throws IOException {
		for (Setting setting : shown()) {
			List<String> values = switch (setting.form()) {
				case Form.Choice choice -> choice.options().stream().map(Setting.Option::value).toList();
				case Form.Flag() -> List.of("true", "false");
				case Form.Line(String _),Form.File(String _),Form.Hidden() -> List.of();
			};
			for (String value : values) {
				open(Map.of(setting.key(), value)).close();
			}
			if (!values.isEmpty()) {
				assertThrows(ProblemException.class, () -> open(Map.of(setting.key(), "nonsense")).close(),
						setting::key);
			}
		}
	}
}
