// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.Node;

/** A folder as JSON. Source: restic/restic doc/design.rst, "Trees and Data"; the line ends with a line feed. */
public final class TreeText {

	private final ZoneId zone;
	private final JsonWriter out = new JsonWriter(512);
	private boolean any;

	/** @param zone how times are shown in it */
	public TreeText(ZoneId zone) {
		this.zone = zone;
		out.raw("{\"nodes\":[");
	}

	/** Adds an entry. */
	public void add(Node node) {
		if (any) {
			out.raw(",");
		}
		any = true;
		Nodes.write(node, zone, out);
	}

	/** The whole. */
	public byte[] finish() {
		return out.raw("]}\n").toBytes();
	}

	/** Orders names. */
	public static int compare(String a, String b) {
		return GoQuote.compare(a, b);
	}

	/** Reads entries one by one. */
	public static final class Entries {

		private final JsonReader in;
		private boolean inNodes;
		private boolean ended;
		private @Nullable String last;

		/** @param json a whole folder */
		public Entries(byte[] json) throws IOException {
			in = new JsonReader(json);
			in.beginObject();
		}

		/** The next entry, or null behind the last. */
		public @Nullable Node next() throws IOException {
			while (!ended) {
				if (inNodes) {
					if (in.more()) {
						return checked(Nodes.read(in));
					}
					inNodes = false;
				} else if (!in.more()) {
					in.end();
					ended = true;
				} else if (in.name().equals("nodes")) {
					if (!in.isNull()) {
						in.beginArray();
						inNodes = true;
					}
				} else {
					in.skip();
				}
			}
			return null;
		}

		/** Names are in order, so that none comes twice, and each is one component of a path. */
		private Node checked(Node node) throws IOException {
			String name = node.name();
			String before = last;
			if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0
					|| name.indexOf('\0') >= 0 || before != null && compare(before, name) >= 0) {
				throw new JsonReader.JsonException("A folder with an impossible name");
			}
			last = name;
			return node;
		}
	}
}
