// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.place.PlaceKind.Field;

/** How locations are written from what a person tells. */
class PlaceFormTest {

	private final PlaceForm form = new PlaceForm();

	@ParameterizedTest
	@CsvSource({ "FOLDER, /media/disk/backups", "REPOSITORY, restic:/media/disk/repo",
			"S3, s3:https://s3.example.com/phones/mine",
			"REST, rest:https://backup.example:8000/", "SFTP, sftp:anna@nas.local:/volume1/phones",
			"SMB, smb://nas.local/backups/phones" })
	void everyKindIsKnownByItsLocation(PlaceKind kind, String location) {
		assertEquals(kind, PlaceKind.of(location));
	}

	@Test
	void windowsDriveIsAFolder() {
		assertEquals(PlaceKind.FOLDER, PlaceKind.of("D:\\Backups"));
	}

	private String location(PlaceKind kind, Map<Field, String> told) {
		form.kind(kind);
		told.forEach(form::tell);
		return form.location();
	}

	@Test
	void locationIsWrittenAsTheKindWantsIt() {
		assertEquals("/media/disk", location(PlaceKind.FOLDER, Map.of(Field.FOLDER, " /media/disk ")));
		assertEquals("restic:/media/disk", location(PlaceKind.REPOSITORY, Map.of()), "what was told stays");
		assertEquals("s3:https://s3.example.com/phones/my%20own", location(PlaceKind.S3,
				Map.of(Field.SERVER, "s3.example.com", Field.BUCKET, "phones", Field.PATH, "/my own/")));
		assertEquals("rest:http://anna@backup.example:8000/phones", location(PlaceKind.REST, Map.of(Field.SERVER,
				"http://backup.example:8000/", Field.PATH, "phones", Field.USER, "anna")));
		assertEquals("sftp:anna@nas.local:/volume1/phones", location(PlaceKind.SFTP,
				Map.of(Field.SERVER, "nas.local", Field.SERVER_FOLDER, "/volume1/phones")));
		assertEquals("smb://anna@nas.local/backups/phones",
				location(PlaceKind.SMB, Map.of(Field.SHARE, "backups")));
	}

	@Test
	void withoutOptionalPartsNothingStandsForThem() {
		assertEquals("s3:https://s3.example.com/phones",
				location(PlaceKind.S3, Map.of(Field.SERVER, "s3.example.com", Field.BUCKET, "phones")));
		assertEquals("rest:https://s3.example.com", location(PlaceKind.REST, Map.of()));
		assertEquals("smb://s3.example.com/photos", location(PlaceKind.SMB, Map.of(Field.SHARE, "photos")));
	}

	@Test
	void sayWhatIsMissing() {
		assertEquals(Messages.place_tell_name, form.complaint());
		form.name(" nas ");
		assertEquals(Messages.place_tell_all, form.complaint());
		location(PlaceKind.SFTP, Map.of(Field.SERVER, "nas.local"));
		assertEquals("", form.location());
		form.tell(Field.SERVER_FOLDER, "/phones");
		assertNull(form.complaint());
	}

	@Test
	void quotaAndRepositoryAreForRepositories() {
		form.name("nas");
		form.quota(" 50GB ");
		location(PlaceKind.REPOSITORY, Map.of(Field.FOLDER, "/repo"));
		assertEquals(new PlaceForm.Wanted("nas", PlaceKind.REPOSITORY, "restic:/repo", Map.of("quota", "50GB"), false,
				true), form.wanted());
		form.kind(PlaceKind.FOLDER);
		assertFalse(form.isMaking());
		assertEquals(new PlaceForm.Wanted("nas", PlaceKind.FOLDER, "/repo", Map.of(), false, false), form.wanted());
	}
}
