// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.Phone;

/** What a device does that wants to harm its host, or that is newer than the host: see {@link Faults}. */
final class Hostility {

	/** Setting that says what the host answered. */
	static final String ANSWER = "observed.hostile-answer";

	private static final byte[] EVIL = "you should not have written this"
			.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
	private static final int HUGE = 0x7FFF_FFF0;

	private final Phone phone;
	private final HostLink link;
	private final Layout layout;
	private final Faults faults;

	Hostility(Phone phone, HostLink link, Layout layout, Faults faults) {
		this.phone = phone;
		this.link = link;
		this.layout = layout;
		this.faults = faults;
	}

	/** Does what the faults ask for, once the operation has begun. */
	void strike() throws IOException {
		if (faults.has("unknown-message")) {
			HostAnswer answer = link.ask("DLMessageFromTheFuture", layout.folder(), Map.of("Version", 99L), 0.0);
			phone.setSetting("observed.unknown-answer", Long.toString(answer.code()));
		}
		if (faults.has("hostile-length")) {
			length(faults.text("hostile-length", "frame"));
		}
		if (faults.has("hostile-path")) {
			phone.setSetting(ANSWER, null);
			HostAnswer answer = path(faults.text("hostile-path", ""));
			phone.setSetting(ANSWER, Long.toString(answer.code()));
			if (!answer.ok()) {
				throw answer.failure(BackupFailure.HOST_WRITE, "The host refused a path");
			}
		}
	}

	private HostAnswer path(String value) throws IOException {
		int colon = value.indexOf(':');
		String kind = colon < 0 ? "upload" : value.substring(0, colon);
		String path = spelled(colon < 0 ? value : value.substring(colon + 1));
		return switch (kind) {
			case "create" -> link.createDirectory(path);
			case "remove" -> link.remove(List.of(path), 1.0);
			case "list" -> link.list(path);
			case "move-to" -> link.move(Map.of(layout.status(), path), 1.0);
			case "move-from" -> link.move(Map.of(path, layout.folder() + "/stolen"), 1.0);
			case "copy-to" -> link.ask("DLMessageCopyItem", layout.status(), path);
			case "copy-from" -> link.ask("DLMessageCopyItem", path, layout.folder() + "/stolen");
			case "download" -> download(path);
			default -> upload(path);
		};
	}

	private HostAnswer upload(String path) throws IOException {
		UploadStream stream = link.upload(EVIL.length, 1.0);
		stream.name("/.ba/mobile/evil", path);
		stream.content(new java.io.ByteArrayInputStream(EVIL), 1024);
		return stream.finish();
	}

	private HostAnswer download(String path) throws IOException {
		HostLink.Download download = link.download(List.of(path), 1.0);
		while (download.next() != null) {
			if (download.content().transferTo(java.io.OutputStream.nullOutputStream()) > 0) {
				link.odd("the host gave " + path.length()
						+ " characters of a path that is none of the device's business");
			}
		}
		return download.answer();
	}

	/** The path that a fault's value names. */
	private String spelled(String value) {
		String folder = layout.folder();
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "", "dotdot" -> folder + "/../../../keepsake-evil";
			case "absolute" -> "/tmp/keepsake-evil";
			case "nul" -> folder + "/evil\u0000name";
			case "backslash" -> folder + "\\..\\..\\keepsake-evil";
			case "windows" -> folder + "/CON";
			case "drive" -> "C:\\keepsake-evil";
			case "stream" -> folder + "/Status.plist:evil";
			case "empty" -> "";
			case "root" -> ".";
			case "other-device" -> "0".repeat(40) + "/Status.plist";
			case "long" -> folder + "/" + "x".repeat(5000);
			default -> value;
		};
	}

	/** Announces more than any host should take, and waits for the host to hang up. */
	private void length(String what) throws IOException {
		if (what.equals("message")) {
			link.output().write(new byte[] { 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xF0 });
			link.output().flush();
		} else {
			UploadStream stream = link.upload(EVIL.length, 1.0);
			switch (what) {
				case "name" -> stream.number(HUGE);
				case "path" -> {
					stream.number(4);
					stream.number(0x2F612F62);
					stream.number(HUGE);
				}
				default -> {
					stream.name("/.ba/mobile/evil", layout.folder() + "/evil");
					stream.number(-1);
				}
			}
			stream.flush();
		}
		while (link.input().read() >= 0) {
			// a host that answers something first may do so
		}
		throw new IOException("the host hung up");
	}
}
