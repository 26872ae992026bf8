// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Form;
import org.keepsake.core.storage.Setting.Option;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.engine.Targets.Entry;
import org.keepsake.ui.internal.Messages;

class SettingsFormTest {

	private static final Form.Choice COLOURS = new Form.Choice(
			List.of(new Option("red", "Red"), new Option("blue", "Blue")));
	private static final Setting QUOTA = setting("quota", Topic.STORING, new Form.Line("none"));
	private static final Setting COLOUR = setting("colour", Topic.NETWORK, COLOURS);
	private static final Setting GUEST = setting("guest", Topic.NETWORK, new Form.Flag());
	private static final Setting PASSWORD = setting("password", Topic.SERVER, new Form.Hidden());

	private static Setting setting(String key, Topic topic, Form form) {
		return new Setting(key, topic, form, key, key);
	}

	private static SettingsForm form(Map<String, String> kept) {
		PlaceItem place = new PlaceItem(new Entry("nas", "smb://nas/x", false, kept), null, null);
		return new SettingsForm(place, List.of(QUOTA, PASSWORD, COLOUR, GUEST), Set.of("password"));
	}

	@Test
	void pagesHaveWhatThereIsAndSecretsHaveTheirOwn() {
		assertEquals(List.of(Messages.settings_storing, Messages.settings_network, Messages.settings_passwords),
				form(Map.of()).pages().stream().map(SettingsForm.Page::title).toList());
		assertEquals(List.of(PASSWORD), form(Map.of()).pages().getLast().settings());
		assertTrue(form(Map.of()).remembers(PASSWORD));
	}

	@Test
	void onlyWhatIsAnotherIsAChange() {
		SettingsForm form = form(Map.of("quota", "50GB", "colour", "blue"));
		form.tell(QUOTA, " 50GB ");
		assertEquals(Map.of(), form.changes());
		form.tell(QUOTA, "60GB");
		assertEquals(Map.of("quota", "60GB"), form.changes());
		form.tell(QUOTA, "");
		assertEquals(Map.of("quota", ""), form.changes());
	}

	@Test
	void theUsualChoiceIsNotKept() {
		SettingsForm form = form(Map.of("colour", "blue"));
		List<Option> options = form.options(COLOURS, COLOUR);
		assertEquals(1, form.chosen(options, COLOUR));
		form.choose(options, COLOUR, 0);
		assertEquals(Map.of("colour", ""), form.changes());
		form.choose(options, COLOUR, 1);
		assertEquals(Map.of(), form.changes());
		SettingsForm said = form(Map.of("colour", "red"));
		said.choose(options, COLOUR, 1);
		said.choose(options, COLOUR, 0);
		assertEquals(Map.of(), said.changes());
	}

	@Test
	void aChoiceThatIsUnknownHereStaysUntilAnotherIsMade() {
		SettingsForm form = form(Map.of("colour", "mauve"));
		List<Option> options = form.options(COLOURS, COLOUR);
		assertEquals(new Option("mauve", "mauve"), options.get(form.chosen(options, COLOUR)));
		assertEquals(Map.of(), form.changes());
		form.choose(options, COLOUR, 1);
		assertEquals(Map.of("colour", "blue"), form.changes());
	}

	@Test
	void yesIsKeptAndNoIsNot() {
		SettingsForm form = form(Map.of("guest", "on"));
		assertTrue(form.isOn(GUEST));
		form.tell(GUEST, true);
		assertEquals(Map.of(), form.changes());
		form.tell(GUEST, false);
		assertEquals(Map.of("guest", ""), form.changes());
		SettingsForm without = form(Map.of());
		assertFalse(without.isOn(GUEST));
		without.tell(GUEST, true);
		assertEquals(Map.of("guest", "true"), without.changes());
	}
}
