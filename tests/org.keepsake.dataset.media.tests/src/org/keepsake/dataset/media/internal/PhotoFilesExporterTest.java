// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

class PhotoFilesExporterTest extends ExporterContract {

	private static final Instant TAKEN = Instant.ofEpochSecond(978_307_200L + 700_000_000L, 500_000_000);
	private static final String FIRST = "Albums/Trips/Sommer∕See ☀️/Urlaub";

	/** A colour gradient of 16 by 16 pixels, made with heif-enc 1.15.1. */
	static final String HEIC = """
			AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA
			AAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAABAAEAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHOAAEAAAAAAAAAQAACAAEA
			AAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAA
			AADVaXBycAAAALNpcGNvAAAAc2h2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAe
			ugJAIQABACdCAQEDcAAAAwCQAAADAAADAB6gIIEFluqumubAgAAAAwCAAAADAIQiAAEABkQBwXPBiQAAABRpc3BlAAAAAAAA
			AEAAAABAAAAAFGlzcGUAAAAAAAAAEAAAABAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAa
			aXJlZgAAAAAAAAAOZGltZwACAAEAAQAAAEhtZGF0AAAAPCgBr1IW8Szm+pz3D2hf/f4GoBdlIBvaiDbtgUmEuaC3u6ULUAkB
			kZ16ty92sieT79jAylIUlhCzSFxYDA==
			""";

	private Path folder = Path.of("");
	private FolderContent content = new FolderContent(folder, new IosVersion("18.5"), true);
	private FolderOutput output = new FolderOutput(folder);

	@Override
	protected Exporter exporter() {
		return new PhotoFilesExporter(null);
	}

	@Override
	protected DataSet dataSet() {
		return new PhotosDataSet();
	}

	@Override
	protected void fill(FolderContent filled) throws Exception {
		PhotoSamples.fill(filled, PhotoSamples.IOS18);
	}

	@BeforeEach
	void fill(@TempDir Path given) throws Exception {
		folder = given;
		content = new FolderContent(given.resolve("backup"), new IosVersion("18.5"), true);
		output = new FolderOutput(Files.createDirectory(given.resolve("out")));
		PhotoSamples.fill(content, PhotoSamples.IOS18);
	}

	private ExportReport export(Map<String, String> options, @Nullable String programs) throws Exception {
		return new PhotoFilesExporter(programs).export(
				new ExportRequest(new PhotosDataSet(), content, Selection.ALL, output, options), JobMonitor.NONE);
	}

	@Test
	void putsEachOriginalOnceAndKeepsTogetherWhatBelongsTogether() throws Exception {
		ExportReport report = export(Map.of(), null);
		assertEquals(List.of(FIRST + " (edited).jpg", FIRST + " (edited).mov", FIRST + ".AAE", FIRST + ".HEIC",
				FIRST + ".MOV", "2023/03/IMG_0002.JPG", "2023/03/IMG_0004.MOV", "Hidden/IMG_0002.JPG",
				"Recently Deleted/IMG_0003.PNG", "Without date/IMG_0008.GIF").stream().sorted().toList(),
				output.files());
		assertEquals("Media/DCIM/100APPLE/IMG_0001.HEIC", output.text(FIRST + ".HEIC"));
		assertEquals("Media/DCIM/100APPLE/IMG_0001.MOV", output.text(FIRST + ".MOV"));
		for (String suffix : List.of(".HEIC", ".MOV", " (edited).jpg", ".AAE")) {
			assertEquals(TAKEN, output.modified(FIRST + suffix), suffix);
		}
		assertEquals(8, report.recordsRead());
		assertEquals(6, report.recordsWritten());
		assertEquals(10, report.filesWritten());
		assertEquals(2, report.filesMissing());
		assertEquals(1, report.remarks().size());
	}

	@Test
	void datesInsteadOfAlbumsOnRequestAndByTheClockOfThePlace() throws Exception {
		content.sql(PhotoSamples.DOMAIN, PhotoSamples.DATABASE,
				// 23:30 on New Year's Eve in London, next year already in Berlin
				"UPDATE ZASSET SET ZDATECREATED = 694222200 WHERE Z_PK = 1");
		export(Map.of(PhotoFilesExporter.FOLDERS, "dates"), null);
		assertTrue(output.files().contains("2023/01/Urlaub.HEIC"), output.files()::toString);
	}

	@Test
	void namesakesOfOneFolderKeepTheirPairs() throws Exception {
		content.sql(PhotoSamples.DOMAIN, PhotoSamples.DATABASE,
				"UPDATE ZASSET SET ZFILENAME = 'img_0001.mov', ZDATECREATED = 699999999 WHERE Z_PK = 4");
		PhotoSamples.file(content, "Media/DCIM/100APPLE/img_0001.mov");
		content.sql(PhotoSamples.DOMAIN, PhotoSamples.DATABASE, "DELETE FROM ZADDITIONALASSETATTRIBUTES");
		export(Map.of(PhotoFilesExporter.FOLDERS, "dates"), null);
		List<String> march = output.files().stream().filter(file -> file.startsWith("2023/03/")).toList();
		assertTrue(march.containsAll(List.of("2023/03/img_0001.mov", "2023/03/IMG_0001 2.HEIC",
				"2023/03/IMG_0001 2.MOV")), march::toString);
	}

	@Test
	void withoutAProgramTheOriginalStaysAndARemarkTellsWhatToInstall() throws Exception {
		ExportReport report = export(Map.of(PhotoFilesExporter.CONVERT, "jpeg"), folder.toString());
		assertTrue(output.files().contains(FIRST + ".HEIC"));
		assertTrue(report.remarks().getFirst().contains("heif-convert"), report.remarks()::toString);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void convertsByAProgramOfTheSystem() throws Exception {
		program("heif-convert", "{ echo \"$@\"; cat \"$3\"; } > \"$4\"");
		ExportReport report = export(Map.of(PhotoFilesExporter.CONVERT, "jpeg"), folder.toString());
		assertEquals("-q 92 picture.heic picture.jpg\nMedia/DCIM/100APPLE/IMG_0001.HEIC", output.text(FIRST + ".jpg"));
		assertTrue(output.files().stream().noneMatch(file -> file.endsWith("HEIC")));
		assertEquals(TAKEN, output.modified(FIRST + ".jpg"));
		assertEquals(10, report.filesWritten());
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void whatTheProgramRefusesStaysAsItWas() throws Exception {
		program("heif-convert", "exit 1");
		ExportReport report = export(Map.of(PhotoFilesExporter.CONVERT, "jpeg"), folder.toString());
		assertTrue(output.files().contains(FIRST + ".HEIC"));
		assertTrue(report.remarks().getFirst().contains("could not be converted: 1")
				|| report.remarks().getFirst().contains("as they were: 1"), report.remarks()::toString);
	}

	/** The place for temporary files is neither the backup's nor the folder's: the picture stays as it is. */
	@Test
	void withoutRoomForTemporaryFilesNothingIsConverted() throws Exception {
		ContentFile picture = content.find(PhotoSamples.DOMAIN, "Media/DCIM/100APPLE/IMG_0001.HEIC").orElseThrow();
		assertTrue(JpegConverter.copy(content, picture, folder.resolve("picture.heic")));
		assertFalse(JpegConverter.copy(content, picture, folder.resolve("gone/picture.heic")));
		ContentFile lost = new ContentFile(picture.domain(), "lost.heic", 1, picture.modified());
		assertThrows(IOException.class, () -> JpegConverter.copy(content, lost, folder.resolve("picture.heic")));
	}

	/** Where the system has a program for it, a real picture becomes one that Java can read. */
	@Test
	@EnabledIf("canConvert")
	void convertsARealPicture() throws Exception {
		content.put(PhotoSamples.DOMAIN, "Media/DCIM/100APPLE/IMG_0001.HEIC",
				Base64.getMimeDecoder().decode(HEIC));
		export(Map.of(PhotoFilesExporter.CONVERT, "jpeg"), System.getenv("PATH"));
		BufferedImage picture = ImageIO.read(new ByteArrayInputStream(output.bytes(FIRST + ".jpg")));
		assertEquals(16, picture.getWidth());
		int corner = picture.getRGB(15, 0);
		assertTrue((corner >> 16 & 0xff) > 180 && (corner >> 8 & 0xff) < 70, () -> Integer.toHexString(corner));
	}

	static boolean canConvert() {
		return JpegConverter.find(System.getenv("PATH")).isPresent();
	}

	private void program(String name, String script) throws Exception {
		Path file = folder.resolve(name);
		Files.writeString(file, "#!/bin/sh\n" + script + '\n');
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}
}
