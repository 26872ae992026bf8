// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Node;

/** Entries of folders as JSON, members in restic's order. */
final class Nodes {

	private static final Map<String, Node.Type> TYPES = types();

	private Nodes() {
	}

	private static Map<String, Node.Type> types() {
		Map<String, Node.Type> types = new HashMap<>();
		for (Node.Type type : Node.Type.values()) {
			types.put(type.word(), type);
		}
		return types;
	}

	static void write(Node node, ZoneId zone, JsonWriter out) {
		Node.Owner owner = node.owner();
		out.raw("{\"name\":").string(GoQuote.quote(node.name()));
		out.raw(",\"type\":\"").raw(node.type().word()).raw("\"");
		optional(out, "mode", node.mode());
		out.raw(",\"mtime\":\"").raw(GoTime.format(node.modified(), zone));
		out.raw("\",\"atime\":\"").raw(GoTime.format(node.accessed(), zone));
		out.raw("\",\"ctime\":\"").raw(GoTime.format(node.changed(), zone));
		out.raw("\",\"uid\":").number(owner.uid()).raw(",\"gid\":").number(owner.gid());
		optional(out, "user", owner.user());
		optional(out, "group", owner.group());
		optional(out, "inode", owner.inode());
		optional(out, "device_id", owner.deviceId());
		optional(out, "size", node.sizeBytes());
		optional(out, "links", owner.links());
		optional(out, "linktarget", node.linkTarget());
		if (node.linkTarget().chars().anyMatch(c -> c >= 0xdc80 && c <= 0xdcff)
				&& !StandardCharsets.UTF_8.newEncoder().canEncode(node.linkTarget())) {
			optional(out, "linktarget_raw", Base64.getEncoder().encodeToString(GoQuote.bytes(node.linkTarget())));
		}
		if (!node.extra().isEmpty()) {
			out.raw(",").raw(node.extra().getBytes(StandardCharsets.UTF_8));
		}
		optional(out, "device", owner.device());
		out.raw(",\"content\":");
		ids(out, node.content());
		BlobId subtree = node.subtree();
		if (subtree != null) {
			out.raw(",\"subtree\":").id(subtree);
		}
		out.raw("}");
	}

	private static void ids(JsonWriter out, @Nullable List<BlobId> ids) {
		if (ids == null) {
			out.raw("null");
			return;
		}
		out.raw("[");
		for (int i = 0; i < ids.size(); i++) {
			if (i > 0) {
				out.raw(",");
			}
			out.id(ids.get(i));
		}
		out.raw("]");
	}

	private static void optional(JsonWriter out, String name, long value) {
		if (value != 0) {
			out.raw(",\"").raw(name).raw("\":").unsigned(value);
		}
	}

	private static void optional(JsonWriter out, String name, String value) {
		if (!value.isEmpty()) {
			out.raw(",\"").raw(name).raw("\":").string(value);
		}
	}

	/** What was read of an entry so far. */
	private static final class Draft {
		private @Nullable String name;
		private Node.@Nullable Type type;
		private long mode;
		private Instant modified = GoTime.ZERO;
		private Instant accessed = GoTime.ZERO;
		private Instant changed = GoTime.ZERO;
		private long uid;
		private long gid;
		private String user = "";
		private String group = "";
		private long inode;
		private long deviceId;
		private long size;
		private long links;
		private long device;
		private String linkTarget = "";
		private @Nullable List<BlobId> content;
		private @Nullable BlobId subtree;
		private final StringBuilder extra = new StringBuilder();
	}

	static Node read(JsonReader in) throws IOException {
		Draft draft = new Draft();
		in.beginObject();
		while (in.more()) {
			member(in, draft);
		}
		String name = draft.name;
		Node.Type type = draft.type;
		if (name == null || type == null || draft.size < 0) {
			throw new JsonReader.JsonException("An entry without a name or a kind");
		}
		if (type == Node.Type.DIR && draft.subtree == null) {
			throw new JsonReader.JsonException("A folder without a tree");
		}
		List<BlobId> content = type == Node.Type.FILE && draft.content == null ? List.of() : draft.content;
		Node.Owner owner = new Node.Owner(draft.uid, draft.gid, draft.user, draft.group, draft.inode, draft.deviceId,
				draft.links, draft.device);
		return new Node(name, type, draft.mode, draft.modified, draft.accessed, draft.changed, owner, draft.size,
				draft.linkTarget, content, draft.subtree, draft.extra.toString());
	}

	private static void member(JsonReader in, Draft draft) throws IOException {
		String member = in.name();
		switch (member) {
			case "name" -> draft.name = GoQuote.unquote(in.string());
			case "type" -> draft.type = TYPES.get(in.string());
			case "mode" -> draft.mode = in.integer();
			case "mtime" -> draft.modified = GoTime.parse(in.string());
			case "atime" -> draft.accessed = GoTime.parse(in.string());
			case "ctime" -> draft.changed = GoTime.parse(in.string());
			case "uid" -> draft.uid = in.integer();
			case "gid" -> draft.gid = in.integer();
			case "user" -> draft.user = in.string();
			case "group" -> draft.group = in.string();
			case "inode" -> draft.inode = in.integer();
			case "device_id" -> draft.deviceId = in.integer();
			case "size" -> draft.size = in.integer();
			case "links" -> draft.links = in.integer();
			case "device" -> draft.device = in.integer();
			case "linktarget" -> draft.linkTarget = draft.linkTarget.isEmpty() ? in.string() : skipped(in, draft);
			case "linktarget_raw" -> draft.linkTarget = rawTarget(in.string());
			case "content" -> draft.content = readIds(in);
			case "subtree" -> draft.subtree = in.isNull() ? null : in.id();
			default -> keep(in, draft, member);
		}
	}

	private static String skipped(JsonReader in, Draft draft) throws IOException {
		in.skip();
		return draft.linkTarget;
	}

	private static String rawTarget(String base64) throws IOException {
		try {
			byte[] bytes = Base64.getDecoder().decode(base64);
			StringBuilder quoted = new StringBuilder();
			for (byte b : bytes) {
				quoted.append(String.format("\\x%02x", b));
			}
			return GoQuote.unquote(quoted.toString());
		} catch (IllegalArgumentException e) {
			throw new JsonReader.JsonException("Not base 64");
		}
	}

	private static @Nullable List<BlobId> readIds(JsonReader in) throws IOException {
		if (in.isNull()) {
			return null;
		}
		List<BlobId> ids = new ArrayList<>(1);
		in.beginArray();
		while (in.more()) {
			ids.add(in.id());
		}
		return ids;
	}

	private static void keep(JsonReader in, Draft draft, String member) throws IOException {
		int from = in.position();
		in.skip();
		if (!draft.extra.isEmpty()) {
			draft.extra.append(',');
		}
		draft.extra.append('"').append(member.replace("\"", "").replace("\\", "")).append("\":")
				.append(new String(in.slice(from, in.position()), StandardCharsets.UTF_8).stripTrailing());
	}
}
