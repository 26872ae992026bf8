// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** A JSON object whose members keep their order. Not thread-safe. */
public final class JsonObject {

	private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

	/** An event of a long job: an object whose first member is {@code event}. */
	public static JsonObject event(String name) {
		return new JsonObject().put("event", name);
	}

	/** Adds a member; null is written as null. */
	public JsonObject put(String name, @Nullable Object value) {
		members.put(name, value);
		return this;
	}

	/** Adds a member, written as null where the number is negative, which is how unknown amounts are told. */
	public JsonObject putKnown(String name, long value) {
		return put(name, value < 0 ? null : Long.valueOf(value));
	}

	/** Adds all members of a map. */
	public JsonObject putAll(Map<String, ? extends @Nullable Object> other) {
		members.putAll(other);
		return this;
	}

	/** Adds all members of the other object. */
	public JsonObject putAll(JsonObject other) {
		members.putAll(other.members);
		return this;
	}

	Map<String, @Nullable Object> members() {
		return members;
	}

	/** The object on one line of JSON. */
	@Override
	public String toString() {
		return Json.write(this);
	}
}
