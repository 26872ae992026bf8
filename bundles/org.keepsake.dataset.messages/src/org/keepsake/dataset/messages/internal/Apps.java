// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.KeyedArchive;
import org.keepsake.dataset.messages.Message.App;

/**
 * What apps put into messages: previews of links, and balloons. Identifiers and keys as ReagentX/imessage-exporter
 * ({@code imessage-database/src/message_types/url.rs}, {@code app.rs}) has found them.
 */
final class Apps {

	private static final int LONGEST = 10_000;

	private Apps() {
	}

	/**
	 * @param balloon the identifier in the column {@code balloon_bundle_id}
	 * @param payload what the app stored; null if it stored nothing
	 */
	static App app(String balloon, byte @Nullable [] payload) {
		String id = id(balloon);
		String name = name(id);
		// Some apps store forms of their own, which stay closed.
		Object root = KeyedArchive.readOrNull(payload);
		if (name.isEmpty()) {
			String own = KeyedArchive.text(root, "an");
			name = own.isEmpty() ? id.substring(id.lastIndexOf('.') + 1) : own;
		}
		if (id.endsWith("URLBalloonProvider")) {
			Object meta = KeyedArchive.at(root, "richLinkMetadata");
			meta = meta == null ? KeyedArchive.at(root, "metadata") : meta;
			String url = KeyedArchive.text(meta, "URL");
			return new App(id, name, cut(KeyedArchive.text(meta, "title")), cut(KeyedArchive.text(meta, "summary")),
					cut(url.isEmpty() ? KeyedArchive.text(meta, "originalURL") : url));
		}
		Object info = KeyedArchive.at(root, "userInfo");
		String title = first(KeyedArchive.text(info, "image-title"), KeyedArchive.text(info, "caption"),
				KeyedArchive.text(root, "ldtext"));
		String summary = first(KeyedArchive.text(info, "subcaption"), KeyedArchive.text(info, "image-subtitle"),
				KeyedArchive.text(info, "secondary-subcaption"));
		String url = KeyedArchive.text(root, "URL");
		return new App(id, name, cut(title), cut(summary), url.startsWith("http") ? cut(url) : "");
	}

	private static String first(String... texts) {
		for (String text : texts) {
			if (!text.isBlank()) {
				return text;
			}
		}
		return "";
	}

	private static String cut(String text) {
		return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
	}

	/** Of apps that others made, the identifier stands behind the second colon. */
	private static String id(String balloon) {
		List<String> parts = List.of(balloon.split(":", 3));
		return parts.getLast();
	}

	private static String name(String id) {
		return switch (id) {
			case "com.apple.messages.URLBalloonProvider" -> Texts.text("app.link");
			case "com.apple.Handwriting.HandwritingProvider" -> Texts.text("app.handwriting");
			case "com.apple.DigitalTouchBalloonProvider" -> Texts.text("app.touch");
			case "com.apple.PassbookUIService.PeerPaymentMessagesExtension" -> Texts.text("app.pay");
			case "com.apple.ActivityMessagesApp.MessagesExtension" -> Texts.text("app.fitness");
			case "com.apple.mobileslideshow.PhotosMessagesApp" -> Texts.text("app.slideshow");
			case "com.apple.SafetyMonitorApp.SafetyMonitorMessages" -> Texts.text("app.checkin");
			case "com.apple.findmy.FindMyMessagesApp" -> Texts.text("app.findmy");
			case "com.apple.icloud.apps.messages.business.extension" -> Texts.text("app.business");
			case "com.apple.messages.Polls" -> Texts.text("app.poll");
			default -> "";
		};
	}
}
