// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages;

import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.messages.internal.Texts;

/**
 * A message, or what the Messages app tells between messages. Texts are empty where nothing is recorded.
 *
 * @param key           the GUID
 * @param date          when it was sent; null if it is not known
 * @param kind          what it is
 * @param chat          the conversation it belongs to
 * @param service       {@code iMessage}, {@code SMS}, {@code RCS}, or another that the device names
 * @param fromMe        whether the owner sent it
 * @param sender        who sent it, by the address book, else the address; empty if the owner did
 * @param senderAddress number or mail address of the sender; empty if the owner did
 * @param subject       a subject, where the owner uses them
 * @param text          what it says; for an announcement the sentence that tells it
 * @param effect        the effect it was sent with, for a person; empty if none
 * @param delivered     when it arrived at the other end; null if that is not known
 * @param read          when it was read: by the others if the owner sent it, else by the owner; null if it is not known
 * @param deleted       when the owner deleted it, where it can still be brought back; null if it is not deleted
 * @param unsent        whether all of it was unsent
 * @param reactions     how people reacted to it, in the order of time
 * @param replyTo       what it answers to; null if it is no reply
 * @param edits         what it said before, and says since, in the order of time; empty if it was never changed
 * @param mentions      the addresses of the people it mentions
 * @param app           what an app put into it, such as the preview of a link; null if nothing
 * @param attachments   its files
 */
public record Message(String key, @Nullable Instant date, Kind kind, Chat chat, String service, boolean fromMe,
		String sender, String senderAddress, String subject, String text, String effect, @Nullable Instant delivered,
		@Nullable Instant read, @Nullable Instant deleted, boolean unsent, List<Reaction> reactions,
		@Nullable Reply replyTo, List<Edit> edits, List<String> mentions, @Nullable App app,
		List<Attachment> attachments) implements DataRecord {

	private static final int LONGEST_HEADLINE = 200;

	/** What it is. */
	public enum Kind {
		/** Somebody wrote it. */
		MESSAGE,
		/** The app tells what happened: who came, who left, a new name. */
		ANNOUNCEMENT,
		/** A reaction to a message that the backup does not have. */
		REACTION
	}

	/**
	 * A conversation.
	 *
	 * @param key          stays the same
	 * @param name         its name, or those of the people in it
	 * @param group        whether several others take part
	 * @param participants the others, by the address book, else their addresses
	 */
	public record Chat(String key, String name, boolean group, List<String> participants) {
		/** Copies the list. */
		public Chat {
			participants = List.copyOf(participants);
		}
	}

	/**
	 * How somebody reacted.
	 *
	 * @param kind    what it was
	 * @param emoji   as it is shown; empty for a sticker
	 * @param fromMe  whether it was the owner
	 * @param sender  who it was; empty if the owner
	 * @param date    when; null if it is not known
	 * @param part    the number of the part of the message it was put to, from 0
	 * @param sticker the picture, where it is one; else null
	 */
	public record Reaction(Tapback kind, String emoji, boolean fromMe, String sender, @Nullable Instant date, int part,
			@Nullable Attachment sticker) {
	}

	/** The kinds of reactions. */
	public enum Tapback {
		/** A heart. */
		LOVED,
		/** A thumb up. */
		LIKED,
		/** A thumb down. */
		DISLIKED,
		/** A laugh. */
		LAUGHED,
		/** Exclamation marks. */
		EMPHASIZED,
		/** A question mark. */
		QUESTIONED,
		/** An emoji of one's choice. */
		EMOJI,
		/** A sticker. */
		STICKER
	}

	/**
	 * What a message answers to.
	 *
	 * @param key    the key of that message
	 * @param part   the number of its part, from 0
	 * @param sender who wrote it; empty if the owner did, or if the backup does not have it
	 * @param text   how it begins; empty if the backup does not have it
	 */
	public record Reply(String key, int part, String sender, String text) {
	}

	/**
	 * One of the texts that a message has had.
	 *
	 * @param part the number of the part of the message, from 0
	 * @param date since when; null if it is not known
	 * @param text what it said
	 */
	public record Edit(int part, @Nullable Instant date, String text) {
	}

	/**
	 * What an app put into a message.
	 *
	 * @param id      the app's identifier
	 * @param name    what a person calls it
	 * @param title   such as the title of a page
	 * @param summary a line more
	 * @param url     where it leads
	 */
	public record App(String id, String name, String title, String summary, String url) {
	}

	/** Copies the lists. */
	public Message {
		reactions = List.copyOf(reactions);
		edits = List.copyOf(edits);
		mentions = List.copyOf(mentions);
		attachments = List.copyOf(attachments);
	}

	@Override
	public String headline() {
		StringJoiner line = new StringJoiner(" ");
		if (kind == Kind.MESSAGE) {
			line.add((fromMe ? Texts.text("me") : sender.isBlank() ? chat.name() : sender) + ':');
		}
		if (!text.isBlank()) {
			line.add(text.length() > 4 * LONGEST_HEADLINE ? text.substring(0, 4 * LONGEST_HEADLINE) : text);
		}
		App from = app;
		if (text.isBlank() && from != null) {
			line.add(from.title.isBlank() ? from.name : from.title);
		}
		if (unsent) {
			line.add(Texts.text("unsent"));
		}
		for (Attachment attachment : attachments) {
			line.add('[' + attachment.name() + ']');
		}
		String plain = line.toString().replaceAll("[\\s\\p{Cntrl}\u0085\u2028\u2029]+", " ").strip();
		if (plain.length() <= LONGEST_HEADLINE) {
			return plain.isEmpty() ? Texts.text("empty") : plain;
		}
		return plain.substring(0, plain.offsetByCodePoints(0, LONGEST_HEADLINE / 2)) + '…';
	}

	@Override
	public String searchText() {
		StringJoiner all = new StringJoiner("\n");
		all.add(text).add(subject).add(sender).add(senderAddress).add(chat.name());
		App from = app;
		if (from != null) {
			all.add(from.title).add(from.summary).add(from.url);
		}
		edits.forEach(edit -> all.add(edit.text));
		attachments.forEach(attachment -> all.add(attachment.name()));
		return all.toString();
	}
}
