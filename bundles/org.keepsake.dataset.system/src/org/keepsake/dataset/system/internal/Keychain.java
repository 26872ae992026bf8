// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.Source;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.system.KeychainItem;
import org.keepsake.dataset.system.KeychainItem.Form;
import org.keepsake.dataset.system.KeychainItem.Kind;
import org.keepsake.dataset.system.KeychainItem.State;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * The copy of the keychain in a backup, {@code keychain-backup.plist}: lists of items, each sealed with a key of its own,
 * which is wrapped with the key of a protection class. Form: {@code dunhamsteve/ios} {@code cmd/irestore/irestore.go}.
 */
final class Keychain {

	static final String DOMAIN = "KeychainDomain";
	static final String PATH = "keychain-backup.plist";
	static final Source SOURCE = Source.files(DOMAIN, PATH);

	private static final Map<String, Kind> TABLES = Map.of("genp", Kind.PASSWORD, "inet", Kind.LOGIN, "cert",
			Kind.CERTIFICATE, "keys", Kind.KEY);
	private static final List<String> ORDER = List.of("inet", "genp", "cert", "keys");
	private static final long MAX_BYTES = 64L << 20;
	private static final int HEADER = 12;
	private static final int CLASS_MASK = 0x1f;
	private static final int MOST_WRAPPED = 256;
	private static final Set<Integer> VERSIONS = Set.of(2, 3);
	/** Classes 9 to 11 are the same as 6 to 8, for the phone alone. */
	private static final int FIRST_OF_DEVICE = 9;
	private static final int LAST = 11;

	private final BackupContent content;
	private final boolean secrets;
	private final Set<String> keys = new HashSet<>();

	/** @param secrets whether secrets are wanted in clear */
	Keychain(BackupContent content, boolean secrets) {
		this.content = content;
		this.secrets = secrets;
	}

	/** Receives items one by one. */
	@FunctionalInterface
	interface Visitor {
		/** @return false to end the visit */
		boolean visit(KeychainItem item) throws IOException;
	}

	static boolean isPresent(BackupContent content) throws IOException {
		return content.find(DOMAIN, PATH).isPresent();
	}

	/** Visits all items. @param wanted the tables to visit, such as {@code genp} */
	void forEach(Set<String> wanted, Visitor visitor) throws IOException {
		ContentFile file = content.find(DOMAIN, PATH).orElseThrow();
		PropertyList list;
		try (InputStream in = content.open(file)) {
			list = PropertyList.read(in, MAX_BYTES, wanted::contains);
		} catch (PlistException e) {
			throw DataProblems.UNREADABLE.exceptionBecause(e, DOMAIN + '/' + PATH, String.valueOf(e.getMessage()));
		}
		for (String table : ORDER) {
			if (list.get(table) instanceof List<?> items) {
				int number = 0;
				for (Object item : items) {
					number++;
					KeychainItem read = item instanceof PropertyList entry ? item(table, number, entry) : null;
					if (read != null && !visitor.visit(read)) {
						return;
					}
				}
			}
		}
	}

	/** All tables. */
	static Set<String> tables() {
		return TABLES.keySet();
	}

	/** @return null if it only remembers that there was one */
	private @Nullable KeychainItem item(String table, int number, PropertyList entry) {
		byte[] reference = entry.data("v_PersistentRef");
		String key = table + '-'
				+ (reference == null || reference.length > 64 ? number : HexFormat.of().formatHex(reference));
		if (!keys.add(key)) {
			key = key + '-' + number;
			keys.add(key);
		}
		Kind kind = TABLES.getOrDefault(table, Kind.PASSWORD);
		byte[] sealed = entry.data("v_Data");
		if (sealed == null || sealed.length < HEADER) {
			return closed(key, kind, State.UNREADABLE, 0);
		}
		ByteBuffer in = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
		int version = in.getInt();
		int protectionClass = in.getInt() & CLASS_MASK;
		int length = in.getInt();
		if (!VERSIONS.contains(version) || length < 1 || length > MOST_WRAPPED || length > in.remaining()
				|| protectionClass < 1 || protectionClass > LAST) {
			return closed(key, kind, State.UNREADABLE, protectionClass);
		}
		byte[] wrapped = new byte[length];
		in.get(wrapped);
		byte[] itemKey = content.unwrap(protectionClass, wrapped);
		if (itemKey == null) {
			return closed(key, kind, protectionClass >= FIRST_OF_DEVICE ? State.THIS_DEVICE_ONLY : State.UNREADABLE,
					protectionClass);
		}
		byte[] rest = new byte[in.remaining()];
		in.get(rest);
		return opened(key, kind, protectionClass, itemKey, rest);
	}

	private @Nullable KeychainItem opened(String key, Kind kind, int protectionClass, byte[] itemKey, byte[] sealed) {
		byte[] plain = EmptyNonceGcm.open(itemKey, sealed);
		Arrays.fill(itemKey, (byte) 0);
		Attributes attributes = plain == null ? null : Attributes.of(plain);
		if (plain != null) {
			Arrays.fill(plain, (byte) 0);
		}
		if (attributes == null) {
			return closed(key, kind, State.UNREADABLE, protectionClass);
		}
		try {
			return attributes.number("tomb") == 1 ? null : item(key, kind, protectionClass, attributes);
		} finally {
			attributes.wipe();
		}
	}

	private KeychainItem item(String key, Kind kind, int protectionClass, Attributes attributes) {
		String service = attributes.text("svce");
		String group = attributes.text("agrp");
		boolean wifi = kind == Kind.PASSWORD && service.equals("AirPort") && group.equals("apple");
		String server = attributes.text("srvr");
		byte[] secret = attributes.bytes("v_Data");
		String text = secret == null ? null : Attributes.decoded(secret);
		boolean any = secret != null && secret.length > 0;
		Form form = !any ? Form.NONE : !secrets ? Form.MASKED : text != null ? Form.TEXT : Form.BASE64;
		String shown = switch (form) {
			case NONE -> null;
			case MASKED -> KeychainItem.mask();
			case TEXT -> text;
			case BASE64 -> secret == null ? null : Base64.getEncoder().encodeToString(secret);
		};
		return new KeychainItem(key, wifi ? Kind.WIFI : kind, attributes.text("labl"), attributes.text("acct"),
				service.isEmpty() ? server : service, attributes.text("ptcl"), attributes.number("port"),
				attributes.text("path"), group, access(attributes.text("pdmn"), protectionClass),
				protectionClass >= FIRST_OF_DEVICE || attributes.text("pdmn").endsWith("u"),
				attributes.number("sync") == 1, attributes.date("cdat"), attributes.date("mdat"), State.OPEN, shown,
				form);
	}

	private static KeychainItem closed(String key, Kind kind, State state, int protectionClass) {
		return new KeychainItem(key, kind, "", "", "", "", 0, "", "", access("", protectionClass),
				protectionClass >= FIRST_OF_DEVICE && protectionClass <= LAST, false, null, null, state, null,
				Form.NONE);
	}

	/** When the phone opens the item, by the name of its accessibility, or else by its class. */
	private static String access(String name, int protectionClass) {
		String key = switch (name.toLowerCase(Locale.ROOT)) {
			case "ak", "aku" -> "unlocked";
			case "ck", "cku" -> "first-unlock";
			case "dk", "dku" -> "always";
			case "akpu" -> "passcode";
			default -> switch (protectionClass) {
				case 6, 9 -> "unlocked";
				case 7, 10 -> "first-unlock";
				case 8, 11 -> "always";
				default -> "";
			};
		};
		return key.isEmpty() ? "" : Texts.text("keychain.access." + key);
	}
}
