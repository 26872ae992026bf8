// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.App;
import org.keepsake.dataset.messages.Message.Kind;
import org.keepsake.dataset.messages.Message.Reaction;
import org.keepsake.dataset.messages.Message.Reply;
import org.keepsake.dataset.messages.Message.Tapback;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class MessagesDataSetTest extends DataSetContract {

	private static final Instant START = Instant.parse("2023-03-08T20:26:40Z");

	@Override
	protected DataSet dataSet() {
		return new MessagesDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("5.1", 4, SampleMessages::ios5), new Generation("6.1", 3, SampleMessages::ios6),
				new Generation("11.4", 7, SampleMessages::ios11), new Generation("17.5", 11, SampleMessages::ios17),
				new Generation("26.0", 11, SampleMessages::ios26));
	}

	private FolderContent content(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), true);
		filler.fill(content);
		return content;
	}

	private List<Message> messages(FolderContent content, Selection selection) throws IOException {
		List<Message> messages = new ArrayList<>();
		dataSet().read(content, selection, entry -> messages.add((Message) entry), JobMonitor.NONE);
		return messages;
	}

	private List<Message> messages(Filler filler) throws Exception {
		return messages(content(filler), Selection.ALL);
	}

	private static Message find(List<Message> messages, int number) {
		return messages.stream().filter(one -> one.key().equals(MessageDatabase.guid(number))).findFirst()
				.orElseThrow();
	}

	@Test
	void ordersSecondsAndNanosecondsWithinAConversation() throws Exception {
		List<Message> messages = messages(SampleMessages::ios11);
		assertEquals(List.of("Earlier, in seconds", "Later, in nanoseconds"),
				messages.stream().limit(2).map(Message::text).toList());
		assertEquals(START, messages.get(1).date());
		assertEquals("Lake & Co", messages.getFirst().chat().name());
		assertEquals(List.of("Anna Müller", "Bob <b>Smith</b>"), messages.getFirst().chat().participants());
		assertTrue(messages.getFirst().chat().group());
	}

	@Test
	void takesTheTextFromWhereItIs() throws Exception {
		assertEquals("Only in attributedBody", find(messages(SampleMessages::ios11), 4).text());
	}

	@Test
	void namesSendersByTheAddressBook() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		Message message = find(messages, 1);
		assertEquals("Anna Müller", message.sender());
		assertEquals(SampleMessages.ANNA, message.senderAddress());
		assertEquals("Anna Müller", message.chat().name());
		assertEquals("Anna Müller: Hello 👋", message.headline());
		assertEquals("Me: Hi Anna", find(messages, 2).headline());
	}

	@Test
	void attachesReactionsToTheirMessage() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		assertEquals(
				List.of(new Reaction(Tapback.LOVED, "❤️", false, "Anna Müller", START.plusSeconds(120), 0, null)),
				find(messages, 2).reactions(), "the laugh was taken back");
		Message orphan = find(messages, 6);
		assertEquals(Kind.REACTION, orphan.kind());
		assertEquals("Bob <b>Smith</b> reacted 👍 to a message that is not in the backup.", orphan.text());
	}

	@Test
	void readsReactionsOfAnyEmojiAndStickers() throws Exception {
		List<Reaction> reactions = find(messages(SampleMessages::ios26), 1).reactions();
		assertEquals(List.of("🦆", ""), reactions.stream().map(Reaction::emoji).toList());
		Attachment sticker = Objects.requireNonNull(reactions.get(1).sticker());
		assertEquals("Library/SMS/Attachments/st/01/S/sticker.gif", sticker.path());
		assertTrue(sticker.present());
		assertTrue(reactions.get(1).fromMe());
	}

	@Test
	void quotesWhatAReplyAnswersTo() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		assertEquals(new Reply(MessageDatabase.guid(1), 0, "Anna Müller", "Hello 👋"), find(messages, 2).replyTo());
		assertEquals(START.plusSeconds(60), find(messages, 2).delivered());
		assertEquals(START.plusSeconds(120), find(messages, 2).read());
	}

	@Test
	void tellsWhatWasEditedAndUnsent() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		Message edited = find(messages, 7);
		assertEquals("Seven o’clock", edited.text());
		assertEquals(List.of("Six o’clock", "Seven o’clock"), edited.edits().stream().map(Message.Edit::text).toList());
		assertEquals(START.plusSeconds(420), edited.edits().get(1).date());
		assertFalse(edited.unsent());
		assertTrue(find(messages, 8).unsent());
		assertEquals("Me: (unsent)", find(messages, 8).headline());
	}

	@Test
	void readsPreviewsAndApps() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		assertEquals(new App("com.apple.messages.URLBalloonProvider", "Link", "A <page>", "About lakes",
				"https://example.org/a"), find(messages, 9).app());
		App game = Objects.requireNonNull(find(messages, 14).app());
		assertEquals(List.of("com.example.game.ext", "The Game", "Your turn"),
				List.of(game.id(), game.name(), game.title()));
	}

	@Test
	void findsAttachmentsInTheBackup() throws Exception {
		Message message = find(messages(SampleMessages::ios17), 11);
		assertEquals("Two pictures", message.text());
		assertEquals(List.of(
				new Attachment("IMG_1.gif", "image/gif", "MediaDomain", "Library/SMS/Attachments/aa/01/P/IMG_1.gif",
						true),
				new Attachment("IMG_2.heic", "image/heic", "MediaDomain", "Library/SMS/Attachments/aa/02/P/IMG_2.heic",
						false)),
				message.attachments());
	}

	@Test
	void findsAttachmentsOfOldSystems() throws Exception {
		assertTrue(messages(SampleMessages::ios6).get(1).attachments().getFirst().present());
	}

	@Test
	void tellsMentions() throws Exception {
		assertEquals(List.of(SampleMessages.BOB), find(messages(SampleMessages::ios17), 12).mentions());
	}

	@Test
	void aMessageOfTwoConversationsIsGivenOnce() throws Exception {
		List<Message> messages = messages(SampleMessages::ios17);
		assertEquals(1, messages.stream().filter(one -> one.key().equals(MessageDatabase.guid(12))).count());
		assertEquals("Anna Müller", find(messages, 12).chat().name());
		assertEquals("Anna Müller, Bob <b>Smith</b>, +14155550123", find(messages, 11).chat().name());
	}

	@Test
	void givesWhatWasDeletedRecently() throws Exception {
		FolderContent content = content(SampleMessages::ios17);
		Message message = find(messages(content, Selection.ALL), 10);
		assertEquals(START.plusSeconds(60_000), message.deleted());
		assertEquals("Anna Müller", message.chat().name());
		assertNull(find(messages(content, Selection.ALL), 1).deleted());
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(List.of("One message was deleted recently and can still be read here."), survey.remarks());
		assertEquals(Map.of("sent", 4L, "received", 7L), survey.parts());
	}

	@Test
	void tellsAnnouncementsAsSentences() throws Exception {
		List<Message> messages = messages(SampleMessages::ios11);
		assertEquals("Bob <b>Smith</b> added +14155550123 to the conversation.", find(messages, 6).text());
		assertEquals("Me named the conversation “Lake & Co”.", find(messages, 7).text());
		assertEquals(Kind.ANNOUNCEMENT, find(messages, 7).kind());
		assertEquals("Slam", find(messages, 8).effect());
	}

	@Test
	void messagesOfNoConversationHaveTheirSendersOne() throws Exception {
		Message message = find(messages(SampleMessages::ios6), 3);
		assertEquals("Bob <b>Smith</b>", message.chat().name());
		assertEquals("SMS", message.service());
	}

	@Test
	void readsTheTimesOfOldSystems() throws Exception {
		List<Message> messages = messages(SampleMessages::ios5);
		assertEquals(Instant.ofEpochSecond(1_320_000_000), messages.get(0).date());
		assertEquals("Anna Müller", messages.get(0).sender());
		assertTrue(messages.get(1).fromMe());
		assertEquals("iMessage", messages.get(2).service());
		assertEquals(Instant.parse("2011-10-30T18:40:00Z"), messages.get(2).date());
		assertNotNull(messages.get(2).read());
		assertTrue(messages.get(3).fromMe());
	}

	@Test
	void leavesOutWhatIsOutOfTime() throws Exception {
		Selection selection = new Selection(null, START.plusSeconds(60), START.plusSeconds(120), false);
		List<Message> messages = messages(content(SampleMessages::ios17), selection);
		assertEquals(List.of("Hi Anna"), messages.stream().map(Message::text).toList());
		assertEquals(1, messages.getFirst().reactions().size(), "what happened to them later is told");
	}

	@Test
	void readsATableOfOneColumn() throws Exception {
		// The columns that readers of other programs rely on may all be missing.
		FolderContent content = new FolderContent(folder().resolve("bare"), new IosVersion("10.3"), true);
		content.sql(MessageDatabase.DOMAIN, MessageDatabase.PATH,
				"CREATE TABLE message (text TEXT);\nINSERT INTO message VALUES ('bare')");
		assertEquals(List.of("bare"), messages(content, Selection.ALL).stream().map(Message::text).toList());
		assertEquals(1, dataSet().survey(content, JobMonitor.NONE).count());
	}
}
