// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * What a person's iPhone holds, in Apple's own schemas: messages with attachments, contacts, calls, photos, notes,
 * calendars, Safari, health, voicemail, voice memos, the keychain, settings, and applications with documents, WhatsApp
 * with its chats among them. Invented, and the same for the same seed.
 */
final class AppleContent {

	/** The newest moment in the content: fixed, so that the same seed makes the same bytes. */
	private static final Instant NOW = Instant.parse("2026-09-01T10:00:00Z");

	private AppleContent() {
	}

	/** Fills the phone as its profile says. */
	static void fill(VirtualOptions options, Phone phone) throws IOException {
		Scale scale = Scale.of(options.profile());
		Cast cast = new Cast(options.seed(), scale.contacts(), NOW);
		Path scratch = Files.createTempDirectory("keepsake-content");
		try {
			phone.files().batch(files -> fill(files, scratch, cast, scale, phone));
		} finally {
			try (Stream<Path> left = Files.walk(scratch)) {
				for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(path);
				}
			}
		}
	}

	private static void fill(VirtualFiles files, Path scratch, Cast cast, Scale scale, Phone phone)
			throws IOException {
		Shelf shelf = new Shelf(files, scratch);
		ContactsContent.fill(shelf, cast);
		MessagesContent.fill(shelf, cast, scale);
		CallsContent.fill(shelf, cast, scale);
		PhotosContent.fill(shelf, cast, scale);
		NotesContent.fill(shelf, cast, scale);
		CalendarContent.fill(shelf, cast, scale);
		SafariContent.fill(shelf, cast, scale);
		HealthContent.fill(shelf, cast, scale);
		VoicemailContent.fill(shelf, cast, scale);
		SettingsContent.fill(shelf, cast, phone);
		AppsContent.fill(shelf, cast, scale);
		KeychainItems.fill(phone, cast);
		VoiceMemosContent.fill(shelf, cast, scale);
		WhatsAppContent.fill(shelf, cast, scale);
	}

	/** How much of everything. */
	record Scale(int contacts, int messages, int attachments, int calls, int photos, int notes, int events,
			int visits, int samples, int voicemails, int documents,
			int memos, int chats) {

		static Scale of(VirtualOptions.Profile profile) {
			return switch (profile) {
				case SMALL -> new Scale(20, 200, 6, 30, 12, 8, 20, 60, 500, 2, 5, 5, 90);
				case FAMILY -> new Scale(250, 20_000, 120, 800, 300, 120, 600, 3_000, 50_000, 12, 60, 25, 6_000);
				case HEAVY -> new Scale(900, 150_000, 600, 1_000, 1_500, 600, 3_000, 20_000, 400_000, 40, 400, 80,
						50_000);
			};
		}
	}
}
