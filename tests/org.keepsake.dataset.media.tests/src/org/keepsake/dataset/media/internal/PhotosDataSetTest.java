// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.dataset.media.internal.Photo.Availability;
import org.keepsake.dataset.media.internal.Photo.Kind;
import org.keepsake.dataset.media.internal.Photo.Place;
import org.keepsake.dataset.media.internal.Photo.Source;
import org.keepsake.dataset.media.internal.PhotoFile.Role;
import org.keepsake.dataset.media.internal.PhotoSamples.Schema;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class PhotosDataSetTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new PhotosDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("9.3", 3, PhotosDataSetTest::filesOnly),
				generation("11.4", PhotoSamples.IOS11), generation("13.7", PhotoSamples.IOS13),
				generation("15.8", PhotoSamples.IOS15), generation("26.1", PhotoSamples.IOS26),
				generation("18.5", PhotoSamples.IOS18));
	}

	private static Generation generation(String ios, Schema schema) {
		return new Generation(ios, PhotoSamples.COUNT, content -> PhotoSamples.fill(content, schema));
	}

	/** No index: a Live Photo, a video, and a raw image on its own. */
	private static void filesOnly(FolderContent content) throws IOException {
		for (String name : List.of("IMG_0001.HEIC", "IMG_0001.MOV", "IMG_0001.AAE", "IMG_0002.MOV", "IMG_0003.DNG")) {
			PhotoSamples.file(content, "Media/DCIM/100APPLE/" + name);
		}
	}

	private FolderContent content() {
		return new FolderContent(folder().resolve("own"), new IosVersion("18.5"), true);
	}

	private List<Photo> photos(FolderContent content) throws IOException {
		List<Photo> photos = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> photos.add((Photo) entry), JobMonitor.NONE);
		return photos;
	}

	private static Photo named(List<Photo> photos, String key) {
		return photos.stream().filter(photo -> photo.key().equals(key)).findFirst().orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 13, 15, 18, 26 })
	void tellsAllOfALivePhoto(int ios) throws Exception {
		FolderContent content = content();
		Schema schema = switch (ios) {
			case 11 -> PhotoSamples.IOS11;
			case 13 -> PhotoSamples.IOS13;
			case 15 -> PhotoSamples.IOS15;
			case 18 -> PhotoSamples.IOS18;
			default -> PhotoSamples.IOS26;
		};
		PhotoSamples.fill(content, schema);
		Photo photo = named(photos(content), "UUID-1");
		assertEquals("IMG_0001.HEIC", photo.name());
		assertEquals("Urlaub.HEIC", photo.originalName());
		assertEquals(Kind.LIVE_PHOTO, photo.kind());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 700_000_000L, 500_000_000), photo.taken());
		assertEquals(ZoneOffset.ofHours(2), photo.offset());
		assertEquals("Europe/Berlin", photo.timeZone());
		assertEquals(new Place(47.5, 11.25), photo.place());
		assertEquals("Ben & Anna am Steg", photo.caption());
		assertEquals(List.of("Trips/Sommer∕See ☀️", "Family"), photo.albums());
		assertTrue(photo.favourite() && photo.edited());
		assertFalse(photo.hidden() || photo.deleted());
		assertEquals(Availability.HERE, photo.availability());
		assertEquals(List.of(Role.ORIGINAL, Role.LIVE_MOVIE, Role.EDITED, Role.EDITED_MOVIE, Role.ADJUSTMENTS),
				photo.files().stream().map(PhotoFile::role).toList());
		assertEquals(new Attachment("IMG_0001.HEIC", "image/heic", PhotoSamples.DOMAIN,
				"Media/DCIM/100APPLE/IMG_0001.HEIC", true), photo.attachments().getFirst());
	}

	@Test
	void tellsKindsAndStates() throws Exception {
		FolderContent content = content();
		PhotoSamples.fill(content, PhotoSamples.IOS18);
		List<Photo> photos = photos(content);
		assertTrue(named(photos, "UUID-2").hidden());
		assertNull(named(photos, "UUID-2").place(), "-180 is no place");
		Photo deleted = named(photos, "UUID-3");
		assertTrue(deleted.deleted());
		assertEquals(Kind.SCREENSHOT, deleted.kind());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 710_000_000L), deleted.deletedAt());
		assertEquals(Kind.SLOW_MOTION, named(photos, "UUID-4").kind());
		assertEquals(Duration.ofMillis(12_500), named(photos, "UUID-4").duration());
		Photo cloud = named(photos, "UUID-5");
		assertEquals(Kind.PANORAMA, cloud.kind());
		assertEquals(Source.ICLOUD, cloud.source());
		assertEquals(Availability.ICLOUD_ONLY, cloud.availability());
		assertFalse(cloud.attachments().getFirst().present());
		assertEquals(Availability.MISSING, named(photos, "UUID-6").availability());
		assertEquals("burst-1", named(photos, "UUID-6").burst());
		assertEquals("Titel", named(photos, "UUID-7").title(), "found by the back reference");
		assertEquals("Media/DCIM/101APPLE/IMG_0002.JPG", named(photos, "UUID-7").attachments().getFirst().path());
		assertEquals(Kind.ANIMATION, named(photos, "UUID-8").kind());
		assertNull(named(photos, "UUID-8").date());
	}

	@Test
	void surveyTellsWhatIsNotThere() throws Exception {
		FolderContent content = content();
		PhotoSamples.fill(content, PhotoSamples.IOS18);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Map.of("photos", 5L, "videos", 1L, "not in this backup", 2L), survey.parts());
		assertEquals(List.of("Originals that are in iCloud only and not in this backup: 1.",
				"Originals that are missing from this backup: 1.", "Recently deleted among them: 1.",
				"Hidden among them: 1."), survey.remarks());
	}

	@Test
	void searchFindsCaptionAndAlbum() throws Exception {
		FolderContent content = content();
		PhotoSamples.fill(content, PhotoSamples.IOS18);
		Selection selection = new Selection("anna family", null, null, false);
		assertEquals(List.of("UUID-1"),
				photos(content).stream().filter(selection::accepts).map(Photo::key).toList());
	}

	@Test
	void filesWithoutIndexAreListedWithWhatBelongsToThem() throws Exception {
		FolderContent content = content();
		filesOnly(content);
		List<Photo> photos = photos(content);
		assertEquals(List.of(Kind.LIVE_PHOTO, Kind.VIDEO, Kind.PHOTO), photos.stream().map(Photo::kind).toList());
		assertEquals(List.of("IMG_0001.HEIC", "IMG_0001.MOV", "IMG_0001.AAE"),
				photos.getFirst().attachments().stream().map(Attachment::name).toList());
	}

	/** Nothing is listed twice, and nothing is left out, whatever lies beside each other. */
	@Test
	void everyFileOfTheCameraBelongsToOnePhoto() throws Exception {
		FolderContent content = content();
		List<String> names = new ArrayList<>();
		for (String extension : List.of("HEIC", "JPG", "jpeg", "PNG", "GIF", "DNG", "dng", "MOV", "mov", "MP4",
				"AAE")) {
			for (String other : List.of("HEIC", "JPG", "jpeg", "PNG", "DNG", "MOV", "mp4")) {
				String stem = "Media/DCIM/100APPLE/" + extension + '_' + other + '.';
				names.add(stem + extension);
				names.add(stem + other);
			}
		}
		for (String name : names) {
			PhotoSamples.file(content, name);
		}
		List<String> listed = new ArrayList<>();
		photos(content).forEach(photo -> photo.attachments().forEach(file -> listed.add(file.path())));
		names.removeIf(name -> name.endsWith("AAE") && !listed.contains(name));
		assertEquals(names.stream().distinct().sorted().toList(), listed.stream().sorted().toList());
	}

	@Test
	void damagedIndexLeavesTheFiles() throws Exception {
		FolderContent content = content();
		filesOnly(content);
		content.put(PhotoSamples.DOMAIN, PhotoSamples.DATABASE, "no database at all, but long enough to be read");
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Presence.PRESENT, survey.presence());
		assertEquals(2, survey.remarks().size(), survey.remarks()::toString);
		assertEquals(3, survey.count());
		assertEquals(3, photos(content).size());
	}

	@Test
	void damagedIndexWithoutFilesIsUnreadable() throws Exception {
		FolderContent content = content();
		content.put(PhotoSamples.DOMAIN, PhotoSamples.DATABASE, "no database at all, but long enough to be read");
		assertEquals(Presence.UNREADABLE, dataSet().survey(content, JobMonitor.NONE).presence());
	}

	/** Folders that contain each other must not be followed for ever. */
	@Test
	void foldersInACircleEnd() throws Exception {
		FolderContent content = content();
		PhotoSamples.fill(content, PhotoSamples.IOS18);
		content.sql(PhotoSamples.DOMAIN, PhotoSamples.DATABASE,
				"UPDATE ZGENERICALBUM SET ZPARENTFOLDER = 2 WHERE Z_PK = 2");
		assertTrue(named(photos(content), "UUID-1").albums().getFirst().endsWith("Trips/Sommer∕See ☀️"));
	}
}
