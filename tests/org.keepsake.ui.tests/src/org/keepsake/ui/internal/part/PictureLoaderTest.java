// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.junit.jupiter.api.Test;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.Preview;
import org.keepsake.ui.internal.inside.Entry;
import org.keepsake.ui.internal.part.PictureLoader.Loaded;

/** Pictures of every format that somebody can show are shown, and a person is told why others are not. */
class PictureLoaderTest {

	private final List<String> previewed = new ArrayList<>();
	private Preview preview = Preview.NONE;

	private static byte[] png() {
		ImageLoader loader = new ImageLoader();
		loader.data = new ImageData[] { new ImageData(12, 8, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF)) };
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		loader.save(out, SWT.IMAGE_PNG);
		return out.toByteArray();
	}

	/** A backup that has every file, with the same picture in each. */
	private OpenedBackup backup() {
		BackupContent content = (BackupContent) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { BackupContent.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "find" -> Optional.of(new ContentFile((String) arguments[0], (String) arguments[1], 100,
							Instant.EPOCH));
					case "open" -> new ByteArrayInputStream(png());
					default -> throw new AssertionError(method);
				});
		return (OpenedBackup) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { OpenedBackup.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "content" -> content;
					case "preview" -> {
						previewed.add(((ContentFile) arguments[0]).path());
						yield preview;
					}
					default -> throw new AssertionError(method);
				});
	}

	private Loaded load(String path, JobMonitor monitor) {
		return PictureLoader.load(backup(), new Picture(path, "CameraRollDomain", path, null), monitor);
	}

	@Test
	void picturesOfARecordAreThoseThatSomebodyShows() {
		List<Attachment> files = List.of(new Attachment("a", "", "D", "a.HEIC", true),
				new Attachment("b", "", "D", "b.jpg", true), new Attachment("c", "", "D", "c.mov", true),
				new Attachment("d", "", "D", "d.HEIC", false));
		Entry entry = new Entry("k", null, "x", files, Map.of());
		assertEquals(List.of("a.HEIC", "b.jpg"),
				Picture.of(entry, path -> path.endsWith(".HEIC")).stream().map(Picture::path).toList());
		assertEquals(List.of("b.jpg"), Picture.of(entry, path -> false).stream().map(Picture::path).toList());
	}

	@Test
	void ordinaryPicturesNeedNoDetour() {
		ImageData data = load("a.png", JobMonitor.NONE).data();
		assertNotNull(data);
		assertEquals(12, data.width);
		assertTrue(previewed.isEmpty());
	}

	@Test
	void othersAreShownByTheirPreview() {
		preview = new Preview(png(), "");
		ImageData data = load("a.heic", JobMonitor.NONE).data();
		assertNotNull(data);
		assertEquals(8, data.height);
		assertEquals(List.of("a.heic"), previewed);
	}

	@Test
	void whyThereIsNoPreviewIsTold() {
		preview = new Preview(null, "Install something.");
		Loaded loaded = load("a.heic", JobMonitor.NONE);
		assertNull(loaded.data());
		assertEquals("Install something.", loaded.hint());
		preview = new Preview("no picture".getBytes(), "");
		assertEquals(Loaded.NOTHING, load("a.heic", JobMonitor.NONE));
	}

	@Test
	void whatNobodyLooksAtAnyMoreIsNotLoaded() {
		JobControl gone = new JobControl(event -> {
		});
		gone.cancel();
		assertEquals(Loaded.NOTHING, load("a.heic", gone));
		assertTrue(previewed.isEmpty());
	}
}
