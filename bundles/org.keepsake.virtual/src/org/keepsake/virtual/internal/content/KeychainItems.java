// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.virtual.internal.phone.Phone;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;
import com.dd.plist.PropertyListParser;

/**
 * The keychain as the device itself holds it: outside every backup domain. A backup carries a copy made for that
 * backup, {@code KeychainDomain-keychain-backup.plist}, whose items are wrapped with its class keys.
 */
public final class KeychainItems {

	private KeychainItems() {
	}

	/**
	 * One item.
	 *
	 * @param table         {@code genp} for generic, {@code inet} for internet passwords
	 * @param account       {@code acct}
	 * @param service       {@code svce} or {@code srvr}
	 * @param group         {@code agrp}
	 * @param accessibility {@code pdmn}: ak, ck, dk, or with a trailing u for this device only
	 * @param secret        the password
	 */
	public record Item(String table, String account, String service, String group, String accessibility,
			byte[] secret) {
	}

	/** The items the device holds; none if it never got any. */
	public static List<Item> read(Phone phone) throws IOException {
		Path file = file(phone);
		if (!Files.exists(file)) {
			return List.of();
		}
		List<Item> items = new ArrayList<>();
		try (InputStream in = Files.newInputStream(file)) {
			for (NSObject each : ((NSArray) PropertyListParser.parse(in)).getArray()) {
				NSDictionary item = (NSDictionary) each;
				items.add(new Item(text(item, "table"), text(item, "acct"), text(item, "svce"), text(item, "agrp"),
						text(item, "pdmn"), ((NSData) item.get("v_Data")).bytes()));
			}
		} catch (IOException e) {
			throw e;
		} catch (Exception e) {
			throw new IOException("The keychain of this virtual iPhone is damaged", e);
		}
		return items;
	}

	/** Replaces all items. */
	public static void write(Phone phone, List<Item> items) throws IOException {
		NSArray array = new NSArray(items.size());
		for (int i = 0; i < items.size(); i++) {
			Item item = items.get(i);
			NSDictionary dictionary = new NSDictionary();
			dictionary.put("table", item.table());
			dictionary.put("acct", item.account());
			dictionary.put("svce", item.service());
			dictionary.put("agrp", item.group());
			dictionary.put("pdmn", item.accessibility());
			dictionary.put("v_Data", new NSData(item.secret()));
			array.setValue(i, dictionary);
		}
		Path file = file(phone);
		Files.createDirectories(file.getParent());
		Files.write(file, BinaryPropertyListWriter.writeToArray(array));
	}

	static void fill(Phone phone, Cast cast) throws IOException {
		List<Item> items = new ArrayList<>();
		for (String ssid : new String[] { "Zuhause", "Café Central", "Office" }) {
			items.add(item("genp", ssid, "AirPort", "apple", "ck", "wlan-" + cast.number(1_000_000)));
		}
		items.add(
				item("inet", "me@example.org", "imap.example.org", "com.apple.cfnetwork", "ak", "mail-" + cast.uuid()));
		items.add(
				item("genp", "diary", "org.example.diary", "EXAMPLE.org.example.diary", "aku", "local-" + cast.uuid()));
		write(phone, items);
	}

	private static Item item(String table, String account, String service, String group, String accessibility,
			String secret) {
		return new Item(table, account, service, group, accessibility, secret.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(NSDictionary item, String key) {
		return String.valueOf(item.get(key));
	}

	private static Path file(Phone phone) {
		return phone.state().resolve("services/keychain/items.plist");
	}
}
