// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A dictionary of a property list, asked tolerantly: what is missing or of another type is null, false or empty. Values
 * are {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code Instant}, {@code byte[]}, {@code List} and
 * {@code PropertyList}. Immutable, if nobody writes to the byte arrays.
 */
public final class PropertyList {

	/** A dictionary with nothing in it. */
	public static final PropertyList EMPTY = new PropertyList(Map.of());

	/** How deep collections may lie in each other. */
	static final int MAX_DEPTH = 64;
	/** How many objects we are willing to build. */
	static final int MAX_OBJECTS = 1_000_000;
	/** How many bytes of text and data we are willing to build. */
	static final int MAX_RETAINED = 64 << 20;

	private final Map<String, Object> values;

	PropertyList(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * Reads a list of either form, whose top is a dictionary.
	 *
	 * @param in       read to its end at most; not closed
	 * @param maxBytes refuse a longer one; of XML only what is kept counts towards memory
	 * @param wanted   the keys of the top dictionary to keep; the others are skipped without building them
	 * @throws PlistException if it is no property list, or one beyond our limits
	 */
	public static PropertyList read(InputStream in, long maxBytes, Predicate<String> wanted) throws IOException {
		byte[] head = in.readNBytes(8);
		if (head.length == 0) {
			throw new PlistException("an empty file");
		}
		InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
		if (!BinaryPlist.isBinary(head)) {
			return new XmlPlist(whole, maxBytes, wanted).read();
		}
		int limit = (int) Math.min(maxBytes, MAX_RETAINED);
		byte[] bytes = whole.readNBytes(limit + 1);
		if (bytes.length > limit) {
			throw new PlistException("longer than " + limit + " bytes");
		}
		return of(new BinaryPlist(bytes), wanted);
	}

	/** Builds the top dictionary of a binary list. */
	public static PropertyList of(BinaryPlist plist, Predicate<String> wanted) throws PlistException {
		if (plist.type(plist.root()) != BinaryPlist.Type.DICT) {
			throw new PlistException("no dictionary at the top");
		}
		return new Builder(plist).dict(plist.root(), wanted, 0);
	}

	/** Whether there is a value under the key. */
	public boolean has(String key) {
		return values.containsKey(key);
	}

	/** The keys. */
	public Set<String> keys() {
		return Collections.unmodifiableSet(values.keySet());
	}

	/** The text under the key; empty if there is none. */
	public String string(String key) {
		return values.get(key) instanceof String text ? text : "";
	}

	/** The boolean under the key, a number not zero counting as true; null if there is none. */
	public @Nullable Boolean bool(String key) {
		Object value = values.get(key);
		if (value instanceof Long number) {
			return number != 0;
		}
		return value instanceof Boolean bool ? bool : null;
	}

	/** The date under the key; null if there is none. */
	public @Nullable Instant date(String key) {
		return values.get(key) instanceof Instant date ? date : null;
	}

	/** The bytes under the key; null if there are none. */
	public byte @Nullable [] data(String key) {
		return values.get(key) instanceof byte[] data ? data : null;
	}

	/** The dictionary under the key; empty if there is none. */
	public PropertyList dict(String key) {
		return values.get(key) instanceof PropertyList dict ? dict : EMPTY;
	}

	/** Whatever is under the key; null if nothing is. */
	public @Nullable Object get(String key) {
		return values.get(key);
	}

	/**
	 * The list as XML, in UTF-8. A reference of an archiver becomes a number, and a character that XML does not know
	 * U+FFFD.
	 */
	public byte[] toXml() {
		return XmlPlistWriter.write(this);
	}

	/** Builds objects of a binary list within the limits; a list whose objects contain themselves runs into them. */
	private static final class Builder {

		private final BinaryPlist plist;
		private int objects;
		private long retained;

		Builder(BinaryPlist plist) {
			this.plist = plist;
		}

		PropertyList dict(int object, Predicate<String> wanted, int depth) throws PlistException {
			Map<String, Object> values = new LinkedHashMap<>();
			int size = plist.size(object);
			for (int i = 0; i < size; i++) {
				int key = plist.key(object, i);
				spend(plist.length(key));
				String name = plist.string(key);
				if (wanted.test(name)) {
					Object value = build(plist.value(object, i), depth + 1);
					if (value != null) {
						values.put(name, value);
					}
				}
			}
			return new PropertyList(values);
		}

		private @Nullable Object build(int object, int depth) throws PlistException {
			if (depth > MAX_DEPTH) {
				throw new PlistException("nested deeper than " + MAX_DEPTH);
			}
			spend(0);
			return switch (plist.type(object)) {
				case NULL -> null;
				case BOOLEAN -> Boolean.valueOf(plist.bool(object));
				case INTEGER -> Long.valueOf(plist.integer(object));
				case UID -> Long.valueOf(plist.uid(object));
				case REAL -> Double.valueOf(plist.real(object));
				case DATE -> plist.date(object);
				case DATA -> {
					spend(plist.length(object));
					yield plist.data(object);
				}
				case STRING -> {
					spend(2L * plist.length(object));
					yield plist.string(object);
				}
				case ARRAY -> array(object, depth);
				case DICT -> dict(object, key -> true, depth);
			};
		}

		private List<Object> array(int object, int depth) throws PlistException {
			List<Object> elements = new ArrayList<>();
			int size = plist.size(object);
			for (int i = 0; i < size; i++) {
				Object value = build(plist.element(object, i), depth + 1);
				if (value != null) {
					elements.add(value);
				}
			}
			return elements;
		}

		private void spend(long bytes) throws PlistException {
			retained += bytes;
			if (++objects > MAX_OBJECTS || retained > MAX_RETAINED) {
				throw new PlistException("too many objects");
			}
		}
	}
}
