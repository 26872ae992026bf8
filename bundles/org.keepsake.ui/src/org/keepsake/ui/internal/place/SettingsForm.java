// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Form;
import org.keepsake.core.storage.Setting.Option;
import org.keepsake.ui.internal.Messages;

/** What can be set for a place, what is set, and what a person has changed of it. Not thread-safe. */
public final class SettingsForm {

	private static final Set<String> YES = Set.of("true", "yes", "on", "1");

	private final PlaceItem place;
	private final List<Setting> settings;
	private final Set<String> remembered;
	private final Map<String, String> told = new TreeMap<>();

	/** A heading, and what is shown below it. */
	public record Page(String title, List<Setting> settings) {
	}

	/**
	 * Nothing is changed yet.
	 *
	 * @param settings   what its kind understands
	 * @param remembered purposes of the secrets that are remembered on this computer
	 */
	public SettingsForm(PlaceItem place, List<Setting> settings, Set<String> remembered) {
		this.place = place;
		this.settings = List.copyOf(settings);
		this.remembered = Set.copyOf(remembered);
	}

	/** The place. */
	public PlaceItem place() {
		return place;
	}

	/** The settings under their headings; no page is empty. */
	public List<Page> pages() {
		Map<String, List<Setting>> pages = new LinkedHashMap<>();
		pages.put(Messages.settings_storing, about(Setting.Topic.STORING));
		pages.put(Messages.settings_server, about(Setting.Topic.SERVER));
		pages.put(Messages.settings_network, about(Setting.Topic.NETWORK));
		pages.put(Messages.settings_passwords, settings.stream().filter(Setting::isHidden).toList());
		return pages.entrySet().stream().filter(page -> !page.getValue().isEmpty())
				.map(page -> new Page(page.getKey(), page.getValue())).toList();
	}

	private List<Setting> about(Setting.Topic topic) {
		return settings.stream().filter(setting -> setting.topic() == topic && !setting.isHidden()).toList();
	}

	/** Whether a secret is remembered on this computer. */
	public boolean remembers(Setting secret) {
		return remembered.contains(secret.key());
	}

	/** Whether any is. */
	public boolean remembersAny() {
		return settings.stream().anyMatch(this::remembers);
	}

	private String kept(Setting setting) {
		return place.entry().settings().getOrDefault(setting.key(), "");
	}

	/** The value as it is kept, or as it was told since; empty for the usual one. */
	public String value(Setting setting) {
		return told.getOrDefault(setting.key(), kept(setting));
	}

	/** Whether a yes or no is yes. */
	public boolean isOn(Setting setting) {
		return YES.contains(value(setting).toLowerCase(Locale.ROOT));
	}

	/** What can be chosen: the usual first; at the end what was kept, if it is none of them. */
	public List<Option> options(Form.Choice choice, Setting setting) {
		String kept = kept(setting);
		if (kept.isEmpty() || choice.options().stream().anyMatch(each -> each.value().equals(kept))) {
			return choice.options();
		}
		return Stream.concat(choice.options().stream(), Stream.of(new Option(kept, kept)))
				.toList();
	}

	/** Which of the options is chosen. */
	public int chosen(List<Option> options, Setting setting) {
		return Math.max(0, options.stream().map(Option::value).toList().indexOf(value(setting)));
	}

	/** Tells a value; empty for the usual one. */
	public void tell(Setting setting, String value) {
		told.put(setting.key(), value.strip());
	}

	/** Tells a yes or no. What already means the same stays as it is. */
	public void tell(Setting setting, boolean on) {
		told.remove(setting.key());
		if (on != isOn(setting)) {
			tell(setting, on ? "true" : "");
		}
	}

	/** Chooses one of the options; the first is usual and need not be kept. */
	public void choose(List<Option> options, Setting setting, int index) {
		String value = options.get(index).value();
		tell(setting, index == 0 && !kept(setting).equals(value) ? "" : value);
	}

	/** What is another than is kept. */
	public Map<String, String> changes() {
		Map<String, String> changes = new TreeMap<>(told);
		settings.forEach(setting -> changes.remove(setting.key(), kept(setting)));
		return changes;
	}
}
