// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

import javax.imageio.ImageIO;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.testing.FolderContent;

class HeicPreviewerTest {

	private static final String DOMAIN = "CameraRollDomain";
	private static final String PATH = "Media/DCIM/100APPLE/IMG_0001.HEIC";
	private static final String THUMBNAILS = "Media/PhotoData/Thumbnails/V2/DCIM/100APPLE/IMG_0001.HEIC/";

	private Path folder = Path.of("");
	private FolderContent content = new FolderContent(folder, new IosVersion("18.5"), true);
	private final ByteArrayOutputStream jpeg = new ByteArrayOutputStream();

	@BeforeEach
	void fill(@TempDir Path given) throws IOException {
		folder = given;
		content = new FolderContent(given.resolve("backup"), new IosVersion("18.5"), true);
		content.put(DOMAIN, PATH, Base64.getMimeDecoder().decode(PhotoFilesExporterTest.HEIC));
	}

	private @Nullable String preview(@Nullable String programs) throws IOException {
		return new HeicPreviewer(programs).preview(content, content.find(DOMAIN, PATH).orElseThrow(), jpeg,
				JobMonitor.NONE);
	}

	@Test
	void knowsItsFormatByTheName() {
		HeicPreviewer previewer = new HeicPreviewer(null);
		assertTrue(previewer.accepts("IMG_0001.HEIC"));
		assertTrue(previewer.accepts("a/b.heif"));
		assertFalse(previewer.accepts("IMG_0001.JPG"));
		assertFalse(previewer.accepts("heic"));
	}

	@Test
	void aThumbnailOfTheDeviceNeedsNoProgram() throws Exception {
		content.put(DOMAIN, THUMBNAILS + "5003.JPG", "small");
		assertNull(preview(null));
		assertEquals("small", jpeg.toString());
		jpeg.reset();
		content.put(DOMAIN, THUMBNAILS + "5005.JPG", "larger");
		assertNull(preview(null));
		assertEquals("larger", jpeg.toString());
	}

	@Test
	void withoutAProgramAPersonIsToldWhatToInstall() throws Exception {
		String hint = preview(folder.toString());
		assertNotNull(hint);
		assertTrue(hint.contains("heif-convert"), hint);
		assertEquals(0, jpeg.size());
	}

	/** Where the system has a program for it. */
	@Test
	@EnabledIf("org.keepsake.dataset.media.internal.PhotoFilesExporterTest#canConvert")
	void aProgramOfTheSystemShowsARealPicture() throws Exception {
		assertNull(preview(System.getenv("PATH")));
		assertEquals(16, ImageIO.read(new ByteArrayInputStream(jpeg.toByteArray())).getWidth());
	}

	@Test
	@EnabledIf("org.keepsake.dataset.media.internal.PhotoFilesExporterTest#canConvert")
	void whatIsNoPictureIsToldCalmly() throws Exception {
		content.put(DOMAIN, PATH, "this is no picture");
		String hint = preview(System.getenv("PATH"));
		assertNotNull(hint);
		assertTrue(hint.contains("could not be converted"), hint);
	}
}
