// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.dataset.system.KeychainItem;
import org.keepsake.dataset.system.KeychainItem.Form;
import org.keepsake.dataset.system.KeychainItem.Kind;
import org.keepsake.dataset.system.KeychainItem.State;
import org.keepsake.dataset.system.SystemProblems;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class KeychainDataSetTest extends DataSetContract {

	private static final int MUTATIONS = 10_000;
	private static final Selection CLEAR = new Selection(null, null, null, true);
	private static final List<String> SECRETS = List.of("correct horse", "battery staple", "hunter2", "never seen",
			"AAH/");

	@Override
	protected DataSet dataSet() {
		return new KeychainDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("5.1", 1, KeychainSamples::items5),
				new Generation("26.0", 1, KeychainSamples::item26), new Generation("17.5", 7, KeychainSamples::items));
	}

	private FolderContent content(String name, boolean encrypted, Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve(name), new IosVersion("17.5"), encrypted);
		filler.fill(content);
		return content;
	}

	private List<KeychainItem> items(Filler filler, Selection selection) throws Exception {
		List<KeychainItem> items = new ArrayList<>();
		dataSet().read(content("read" + selection.secrets(), true, filler), selection,
				entry -> items.add((KeychainItem) entry), JobMonitor.NONE);
		return items;
	}

	@Test
	void showsSecretsToWhoAsksForThem() throws Exception {
		List<KeychainItem> items = items(KeychainSamples::items, CLEAR);
		KeychainItem login = items.getFirst();
		assertEquals(Kind.LOGIN, login.kind());
		assertEquals("ada", login.account());
		assertEquals("www.example.org", login.service());
		assertEquals(443, login.port());
		assertTrue(login.synchronised());
		assertEquals("hunter2", login.secret());
		assertEquals("Example login – ada", login.headline());
		KeychainItem home = items.get(1);
		assertEquals(Kind.WIFI, home.kind());
		assertEquals("Zuhause", home.account());
		assertEquals("correct horse", home.secret());
		assertEquals(Instant.parse("2020-01-02T03:04:05Z"), home.created());
		assertEquals(Instant.parse("2021-01-02T03:04:05.250Z"), home.date());
		assertEquals("AAH/", items.get(3).secret());
		assertEquals(Form.BASE64, items.get(3).form());
		assertEquals("A certificate", items.getLast().label());
	}

	@Test
	void masksSecretsOtherwise() throws Exception {
		for (KeychainItem item : items(KeychainSamples::items, Selection.ALL)) {
			if (item.state() == State.OPEN) {
				assertEquals(KeychainItem.mask(), item.secret());
				assertEquals(Form.MASKED, item.form());
			}
		}
	}

	@Test
	void neverTellsASecretBesideItsComponent() throws Exception {
		for (KeychainItem item : items(KeychainSamples::items, CLEAR)) {
			String told = item.toString() + item.headline() + item.searchText() + item.key();
			SECRETS.forEach(secret -> assertFalse(told.contains(secret), told));
		}
	}

	@Test
	void namesWhatIsForThePhoneAloneAndWhatIsDamaged() throws Exception {
		List<KeychainItem> items = items(KeychainSamples::items, CLEAR);
		KeychainItem phone = items.get(4);
		assertEquals(State.THIS_DEVICE_ONLY, phone.state());
		assertTrue(phone.thisDevice());
		assertEquals("after the first unlock", phone.access());
		assertNull(phone.secret());
		assertEquals(State.UNREADABLE, items.get(5).state());
		Survey survey = dataSet().survey(content("survey", true, KeychainSamples::items), JobMonitor.NONE);
		assertEquals(2, survey.remarks().size());
		assertEquals(
				Map.of("Wi-Fi passwords", 2L, "logins", 1L, "passwords and tokens of apps", 3L, "certificates", 1L),
				survey.parts());
	}

	@Test
	void readsPropertyListsOfOldSystems() throws Exception {
		KeychainItem item = items(KeychainSamples::items5, CLEAR).getFirst();
		assertEquals("old.example.org", item.service());
		assertEquals("old secret", item.secret());
	}

	@Test
	void saysThatABackupWithoutEncryptionKeepsItSealed() throws Exception {
		FolderContent content = content("plain", false, KeychainSamples::items);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Presence.UNREADABLE, survey.presence());
		assertTrue(survey.remarks().getFirst().contains("not encrypted"), survey.remarks()::toString);
		ProblemException problem = assertThrows(ProblemException.class,
				() -> dataSet().read(content, CLEAR, _ -> true, JobMonitor.NONE));
		assertTrue(problem.is(SystemProblems.KEYCHAIN_SEALED));
	}

	@Test
	void bearsTenThousandMutationsOfAttributes() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[][] sound = {
				KeychainSamples.der(Map.of("acct", "ada", "port", 443L, "cdat", "#20200102030405.5Z", "v_Data",
						new byte[300])),
				KeychainSamples.binaryPlist() };
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] bytes = mutated(sound[i % 2], random);
			try {
				Attributes attributes = Attributes.of(bytes);
				if (attributes != null) {
					attributes.text("acct");
					attributes.number("port");
					attributes.date("cdat");
					attributes.bytes("v_Data");
				}
			} catch (RuntimeException e) {
				throw new AssertionError("mutation " + i + ", seed " + seed, e);
			}
		}
	}

	@Test
	void bearsTenThousandMutationsOfSealedItems() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = KeychainSamples.sealed(3, 7, KeychainSamples.der(Map.of("acct", "ada", "v_Data", new byte[40])));
		FolderContent content = new FolderContent(folder().resolve("items"), new IosVersion("17.5"), true);
		KeychainSamples.open(content);
		int batch = 500;
		for (int i = 0; i < MUTATIONS; i += batch) {
			content.put(KeychainSamples.DOMAIN, KeychainSamples.PATH, list(sound, batch, random));
			int[] count = new int[1];
			try {
				dataSet().read(content, CLEAR, _ -> ++count[0] > 0, JobMonitor.NONE);
			} catch (RuntimeException e) {
				throw new AssertionError("after " + i + ", seed " + seed, e);
			}
			assertEquals(batch, count[0], "none is left out, seed " + seed);
		}
	}

	private static String list(byte[] sound, int count, Random random) {
		StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><plist><dict><key>genp</key><array>");
		for (int i = 0; i < count; i++) {
			xml.append("<dict><key>v_Data</key><data>")
					.append(Base64.getEncoder().encodeToString(mutated(sound, random)))
					.append("</data></dict>");
		}
		return xml.append("</array></dict></plist>").toString();
	}

	private static byte[] mutated(byte[] sound, Random random) {
		if (random.nextInt(4) == 0) {
			return Arrays.copyOf(sound, random.nextInt(sound.length));
		}
		byte[] bytes = sound.clone();
		for (int i = 1 + random.nextInt(4); i > 0; i--) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
		}
		return bytes;
	}
}
