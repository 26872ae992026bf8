// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.virtual.internal.content.KeychainItems.Item;

class KeychainBackupTest {

	private static final byte[] KEY = HexFormat.of()
			.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

	@Test
	void encryptsWithAnEmptyInitialisationVector() {
		byte[] ciphertext = KeychainBackup.counter(KEY,
				"ios-backup keychain v3 item".getBytes(StandardCharsets.US_ASCII));

		assertEquals("9932058328d8fc8ed386bb5a2dbb55556fd5dbfec31fa3d47ccdc4", HexFormat.of().formatHex(ciphertext));
		assertEquals("7b5cecbcf7ef67129d675fc6b13f62ce", HexFormat.of().formatHex(KeychainBackup.tag(KEY, ciphertext)));
	}

	@Test
	void givesBackTheItemsThatTheKeysOpen() throws Exception {
		Item network = new Item("genp", "Café", "AirPort", "apple", "ck", "geheim".getBytes(StandardCharsets.UTF_8));
		Item login = new Item("inet", "me@example.org", "imap.example.org", "group", "ak", new byte[] { 1, 2, 0, 3 });
		Map<Integer, byte[]> keys = KeyBag.newClassKeys();

		List<Item> read = KeychainBackup.decode(KeychainBackup.encode(List.of(network, login), keys), keys);

		assertEquals(List.of("Café", "me@example.org"), read.stream().map(Item::account).toList());
		assertEquals("geheim", new String(read.getFirst().secret(), StandardCharsets.UTF_8));
		assertEquals("imap.example.org", read.getLast().service());
	}

	@Test
	void keepsItemsFromOtherKeysAndFromDamage() throws Exception {
		Item item = new Item("genp", "a", "b", "c", "ck", new byte[] { 1 });
		byte[] plist = KeychainBackup.encode(List.of(item), KeyBag.newClassKeys());

		assertTrue(KeychainBackup.decode(plist, KeyBag.newClassKeys()).isEmpty());
	}
}
