// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.whatsapp.internal.Texts;

/**
 * A message in a chat, or a call. Texts are empty where nothing is recorded.
 *
 * @param key         unique
 * @param date        when it was sent, or began; null if it is not known
 * @param kind        what it is
 * @param app         {@code WhatsApp} or {@code WhatsApp Business}
 * @param chat        the chat's name
 * @param chatId      the chat's identifier, such as {@code 491705551234@s.whatsapp.net}; empty for calls of several
 * @param group       whether several others take part
 * @param fromMe      whether the owner sent it, or called
 * @param sender      who sent it, or called; empty if the owner did
 * @param senderId    the sender's identifier; empty if the owner did
 * @param text        what it says, or the caption of its picture; for an event or a call the sentence that tells it
 * @param starred     whether the owner marked it
 * @param replyTo     the identifier of the message it answers to; empty if it is no reply
 * @param reactions   how people reacted
 * @param latitude    degrees, for a place; else null
 * @param longitude   degrees, for a place; else null
 * @param duration    of a call, a video or a sound; null if it has none
 * @param attachments its file
 */
public record ChatEntry(String key, @Nullable Instant date, Kind kind, String app, String chat, String chatId,
		boolean group, boolean fromMe, String sender, String senderId, String text, boolean starred, String replyTo,
		List<Reaction> reactions, @Nullable Double latitude, @Nullable Double longitude, @Nullable Duration duration,
		List<Attachment> attachments) implements DataRecord {

	/** What it is. */
	public enum Kind {
		/** Words alone. */
		TEXT,
		/** A picture. */
		IMAGE,
		/** A film. */
		VIDEO,
		/** A sound, or a voice message. */
		AUDIO,
		/** Somebody's card. */
		CONTACT,
		/** A place. */
		LOCATION,
		/** What the app tells: who came, a new name. */
		EVENT,
		/** A link with a preview. */
		LINK,
		/** A file. */
		DOCUMENT,
		/** A call. */
		CALL,
		/** A moving picture. */
		GIF,
		/** A message that its sender deleted. */
		DELETED,
		/** A sticker. */
		STICKER,
		/** What this version does not know. */
		OTHER
	}

	/**
	 * How somebody reacted.
	 *
	 * @param emoji  as it is shown
	 * @param sender who it was; empty if that is not recorded, as for the owner
	 * @param date   when; null if it is not known
	 */
	public record Reaction(String emoji, String sender, @Nullable Instant date) {
	}

	/** Copies the lists. */
	public ChatEntry {
		reactions = List.copyOf(reactions);
		attachments = List.copyOf(attachments);
	}

	@Override
	public String headline() {
		String who = fromMe ? Texts.text("me") : sender.isBlank() ? chat : sender;
		String what = text.isBlank() ? Texts.text("kind." + kind) : text;
		String line = (kind == Kind.CALL || kind == Kind.EVENT ? what : who + ": " + what)
				.replaceAll("[\\s\\p{Cntrl}\u0085\u2028\u2029]+", " ").strip();
		return line.length() <= 200 ? line : line.substring(0, line.offsetByCodePoints(0, 100)) + '…';
	}

	@Override
	public String searchText() {
		StringBuilder all = new StringBuilder(text).append('\n').append(sender).append('\n').append(chat).append('\n')
				.append(senderId);
		attachments.forEach(attachment -> all.append('\n').append(attachment.name()));
		return all.toString();
	}
}
