// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.plist.BinaryPlist;
import org.keepsake.ios.backup.plist.BinaryPlist.Type;
import org.keepsake.ios.backup.plist.PlistException;

/**
 * Reads what {@code NSKeyedArchiver} wrote: the objects of a binary property list that refer to each other by number. The
 * known classes of Foundation become plain values of Java: {@code String}, {@code Long}, {@code Double}, {@code Boolean},
 * {@code Instant}, {@code byte[]}, and lists, or maps by text, of these; an object of any other class is the map of its
 * fields, with its class's name under {@value #CLASS}. Null stands for what is null, too deep or refers to itself.
 *
 * <p>
 * Safe with hostile bytes: how much is built, and how deep, is bounded; what goes beyond ends in a
 * {@link PlistException}.
 *
 * <p>
 * Format: {@code NSKeyedArchiver} of swift-corelibs-foundation (dictionaries {@code $top}, {@code $objects},
 * {@code $archiver}).
 */
public final class KeyedArchive {

	/** The key of the name of an object's class. */
	public static final String CLASS = "$class";

	private static final int MAX_DEPTH = 48;
	private static final int MAX_OBJECTS = 50_000;
	private static final long MAX_RETAINED = 32L << 20;

	private final BinaryPlist plist;
	/** The number of the array of all objects; -1 where the list is no archive but plain. */
	private final int objects;
	private final List<Integer> open = new ArrayList<>();
	private int built;
	private long retained;

	private KeyedArchive(BinaryPlist plist) throws PlistException {
		this.plist = plist;
		int top = plist.root();
		objects = plist.type(top) == Type.DICT && find(top, "$archiver") >= 0 ? find(top, "$objects") : -1;
	}

	/**
	 * The archive's first object, under {@code root} if that is there; the top of a list that is no archive.
	 *
	 * @throws PlistException if the bytes are no binary property list, or one beyond our limits
	 */
	public static @Nullable Object read(byte[] bytes) throws PlistException {
		BinaryPlist plist = new BinaryPlist(bytes);
		KeyedArchive archive = new KeyedArchive(plist);
		if (archive.objects < 0) {
			return archive.build(plist.root(), 0);
		}
		int top = archive.find(plist.root(), "$top");
		if (top < 0 || plist.type(top) != Type.DICT || plist.size(top) == 0) {
			throw new PlistException("an archive without a first object");
		}
		int root = archive.find(top, "root");
		return archive.build(root >= 0 ? root : plist.value(top, 0), 0);
	}

	/** As {@link #read}, but null where that throws: for what only adds to a record. */
	public static @Nullable Object readOrNull(byte @Nullable [] bytes) {
		try {
			return bytes == null || !BinaryPlist.isBinary(bytes) ? null : read(bytes);
		} catch (PlistException e) {
			return null;
		}
	}

	/** What lies below a value: each step is a key of a map. @return null where a step leads nowhere */
	public static @Nullable Object at(@Nullable Object value, String... steps) {
		Object found = value;
		for (String step : steps) {
			found = found instanceof Map<?, ?> map ? map.get(step) : null;
		}
		return found;
	}

	/** The text below a value; empty if there is none. */
	public static String text(@Nullable Object value, String... steps) {
		return at(value, steps) instanceof String text ? text : "";
	}

	private int find(int dict, String key) throws PlistException {
		return plist.find(dict, key.getBytes(StandardCharsets.US_ASCII));
	}

	private @Nullable Object build(int object, int depth) throws PlistException {
		if (depth > MAX_DEPTH) {
			return null;
		}
		spend(0);
		return switch (plist.type(object)) {
			case NULL -> null;
			case BOOLEAN -> plist.bool(object);
			case INTEGER -> plist.integer(object);
			case REAL -> plist.real(object);
			case DATE -> plist.date(object);
			case DATA -> {
				spend(plist.length(object));
				yield plist.data(object);
			}
			case STRING -> {
				spend(2L * plist.length(object));
				String string = plist.string(object);
				yield objects >= 0 && string.equals("$null") ? null : string;
			}
			case UID -> objects < 0 ? Long.valueOf(plist.uid(object)) : referred(plist.uid(object), depth);
			case ARRAY -> array(object, depth);
			case DICT -> objects >= 0 && find(object, CLASS) >= 0 ? instance(object, depth) : dict(object, depth);
		};
	}

	private @Nullable Object referred(long uid, int depth) throws PlistException {
		if (uid < 0 || uid >= plist.size(objects)) {
			throw new PlistException("reference to no object");
		}
		Integer object = plist.element(objects, (int) uid);
		if (open.contains(object)) {
			return null;
		}
		open.add(object);
		try {
			return build(object, depth + 1);
		} finally {
			open.removeLast();
		}
	}

	private List<Object> array(int array, int depth) throws PlistException {
		List<Object> elements = new ArrayList<>();
		int size = plist.size(array);
		for (int i = 0; i < size; i++) {
			Object element = build(plist.element(array, i), depth + 1);
			if (element != null) {
				elements.add(element);
			}
		}
		return elements;
	}

	private Map<String, Object> dict(int dict, int depth) throws PlistException {
		Map<String, Object> map = new LinkedHashMap<>();
		int size = plist.size(dict);
		for (int i = 0; i < size; i++) {
			int key = plist.key(dict, i);
			spend(2L * plist.length(key));
			String name = plist.string(key);
			Object value = name.equals(CLASS) ? null : build(plist.value(dict, i), depth + 1);
			if (value != null) {
				map.put(name, value);
			}
		}
		return map;
	}

	private @Nullable Object instance(int object, int depth) throws PlistException {
		String name = className(object);
		return switch (name) {
			case "NSDictionary", "NSMutableDictionary" -> pairs(object, depth);
			case "NSArray", "NSMutableArray", "NSSet", "NSMutableSet", "NSOrderedSet", "NSMutableOrderedSet" ->
				elements(object, depth);
			case "NSString", "NSMutableString" -> string(object, depth);
			case "NSData", "NSMutableData" -> field(object, "NS.data", depth);
			case "NSDate" ->
				field(object, "NS.time", depth) instanceof Number seconds ? AppleTime.cocoa(seconds) : null;
			case "NSURL" -> url(object, depth);
			case "NSUUID" -> uuid(object, depth);
			case "NSAttributedString", "NSMutableAttributedString" -> field(object, "NSString", depth);
			case "NSNull" -> null;
			default -> {
				Map<String, Object> fields = dict(object, depth);
				fields.put(CLASS, name);
				yield fields;
			}
		};
	}

	private String className(int object) throws PlistException {
		int reference = find(object, CLASS);
		if (plist.type(reference) != Type.UID) {
			return "";
		}
		long uid = plist.uid(reference);
		if (uid < 0 || uid >= plist.size(objects)) {
			throw new PlistException("reference to no object");
		}
		int description = plist.element(objects, (int) uid);
		int name = plist.type(description) == Type.DICT ? find(description, "$classname") : -1;
		return name >= 0 && plist.type(name) == Type.STRING ? plist.string(name) : "";
	}

	private @Nullable Object field(int object, String name, int depth) throws PlistException {
		int value = find(object, name);
		return value < 0 ? null : build(value, depth + 1);
	}

	private Map<String, Object> pairs(int object, int depth) throws PlistException {
		Map<String, Object> map = new LinkedHashMap<>();
		int keys = find(object, "NS.keys");
		int values = find(object, "NS.objects");
		if (keys < 0 || values < 0) {
			return map;
		}
		int size = Math.min(plist.size(keys), plist.size(values));
		for (int i = 0; i < size; i++) {
			Object key = build(plist.element(keys, i), depth + 1);
			Object value = build(plist.element(values, i), depth + 1);
			if (key != null && value != null) {
				map.put(key.toString(), value);
			}
		}
		return map;
	}

	private List<Object> elements(int object, int depth) throws PlistException {
		int elements = find(object, "NS.objects");
		return elements >= 0 && plist.type(elements) == Type.ARRAY ? array(elements, depth) : List.of();
	}

	private @Nullable Object string(int object, int depth) throws PlistException {
		Object text = field(object, "NS.string", depth);
		if (text instanceof String) {
			return text;
		}
		return field(object, "NS.bytes", depth) instanceof byte[] utf8 ? new String(utf8, StandardCharsets.UTF_8)
				: null;
	}

	private @Nullable Object url(int object, int depth) throws PlistException {
		Object relative = field(object, "NS.relative", depth);
		Object base = field(object, "NS.base", depth);
		return base instanceof String start && relative instanceof String end && !end.contains("://") ? start + end
				: relative;
	}

	private @Nullable Object uuid(int object, int depth) throws PlistException {
		if (field(object, "NS.uuidbytes", depth) instanceof byte[] bytes && bytes.length == 16) {
			ByteBuffer both = ByteBuffer.wrap(bytes);
			return new UUID(both.getLong(), both.getLong()).toString();
		}
		return null;
	}

	private void spend(long bytes) throws PlistException {
		retained += bytes;
		if (++built > MAX_OBJECTS || retained > MAX_RETAINED) {
			throw new PlistException("too many objects");
		}
	}
}
