// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Voicemail: the database and a playable AMR file a message. */
final class VoicemailContent {

	/** A narrow-band AMR frame of 4.75 kbit/s: the mode in its first byte, 20 milliseconds. */
	private static final int FRAME_BYTES = 13;
	private static final int FRAME_MODE = 0x04;
	private static final int FRAMES_PER_SECOND = 50;

	private VoicemailContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("HomeDomain", "Library/Voicemail/voicemail.db", cast.now(), db -> {
			db.run("CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER,"
					+ " token TEXT, sender TEXT, callback_num TEXT, duration INTEGER, expiration INTEGER,"
					+ " trashed_date INTEGER, flags INTEGER, receiver TEXT, uuid TEXT, label TEXT);"
					+ "CREATE TABLE map (label TEXT, account TEXT)");
			for (int i = 1; i <= scale.voicemails(); i++) {
				Instant left = cast.within(200);
				Cast.Person person = cast.anyone();
				int seconds = 3 + cast.number(20);
				db.insert(
						"voicemail(ROWID, remote_uid, date, token, sender, callback_num, duration, expiration, trashed_date,"
								+ " flags)",
						i, i, left.getEpochSecond(), "Complete", person.phone(), person.phone(), seconds, 0, 0, 3);
				shelf.file("HomeDomain", "Library/Voicemail/" + i + ".amr", amr(cast, seconds), left,
						Shelf.AFTER_FIRST_UNLOCK);
			}
		});
	}

	private static byte[] amr(Cast cast, int seconds) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes("#!AMR\n".getBytes(StandardCharsets.US_ASCII));
		for (int i = 0; i < seconds * FRAMES_PER_SECOND; i++) {
			out.write(FRAME_MODE);
			out.writeBytes(cast.bytes(FRAME_BYTES - 1));
		}
		return out.toByteArray();
	}
}
