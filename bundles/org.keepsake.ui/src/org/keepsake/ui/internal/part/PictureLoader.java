// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.Preview;

/** Reads pictures of a backup and makes them small. One at a time, because a large one takes much memory. */
final class PictureLoader {

	private static final System.Logger LOG = System.getLogger(PictureLoader.class.getName());
	private static final int MOST_BYTES = 24 << 20;
	private static final long MOST_PIXELS = 50_000_000;
	private static final int LARGEST = 640;
	private static final Semaphore ONE = new Semaphore(1);

	private PictureLoader() {
	}

	/** What is shown. @param data null if there is no picture @param hint why, where something is known; else empty */
	record Loaded(@Nullable ImageData data, String hint) {

		static final Loaded NOTHING = new Loaded(null, "");
	}

	/** The picture, no larger than can be shown; nothing if it is none, too large, or cannot be read. */
	static Loaded load(OpenedBackup backup, Picture picture, JobMonitor monitor) {
		ONE.acquireUninterruptibly();
		try {
			if (monitor.isCancelled()) {
				return Loaded.NOTHING;
			}
			Preview preview = bytes(backup, picture, monitor);
			byte[] bytes = preview.jpeg();
			if (bytes == null || PictureSize.pixels(bytes) > MOST_PIXELS) {
				return new Loaded(null, preview.hint());
			}
			ImageData[] images = new ImageLoader().load(new ByteArrayInputStream(bytes));
			return images.length == 0 ? Loaded.NOTHING : new Loaded(small(images[0]), "");
		} catch (IOException | SWTException | IllegalArgumentException | IndexOutOfBoundsException e) {
			LOG.log(Level.DEBUG, "A picture cannot be shown", e);
			return Loaded.NOTHING;
		} finally {
			ONE.release();
		}
	}

	private static Preview bytes(OpenedBackup backup, Picture picture, JobMonitor monitor) throws IOException {
		byte[] own = picture.bytes();
		if (own != null) {
			return new Preview(own, "");
		}
		Optional<ContentFile> file = backup.content().find(picture.domain(), picture.path());
		if (file.isEmpty() || file.get().sizeBytes() > MOST_BYTES) {
			return Preview.NONE;
		}
		if (!picture.isOrdinary()) {
			return backup.preview(file.get(), MOST_BYTES, monitor);
		}
		try (InputStream in = backup.content().open(file.get())) {
			byte[] bytes = in.readNBytes(MOST_BYTES + 1);
			return bytes.length > MOST_BYTES ? Preview.NONE : new Preview(bytes, "");
		}
	}

	/** Each pixel is the mean of those it stands for. */
	static ImageData small(ImageData large) {
		int step = Math.max(1, (Math.max(large.width, large.height) + LARGEST - 1) / LARGEST);
		int width = Math.max(1, large.width / step);
		int height = Math.max(1, large.height / step);
		ImageData made = new ImageData(width, height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		if (large.alphaData != null) {
			made.alphaData = new byte[width * height];
		}
		int[] line = new int[large.width];
		long[] sums = new long[width * 4];
		for (int y = 0; y < height; y++) {
			Arrays.fill(sums, 0);
			int rows = Math.min(step, large.height - y * step);
			for (int row = 0; row < rows; row++) {
				large.getPixels(0, y * step + row, large.width, line, 0);
				add(large, line, y * step + row, step, sums);
			}
			write(made, y, sums, Math.min(step, large.width), rows);
		}
		return made;
	}

	private static void add(ImageData large, int[] line, int y, int step, long[] sums) {
		int width = sums.length / 4;
		for (int x = 0; x < Math.min(line.length, width * step); x++) {
			RGB colour = large.palette.getRGB(line[x]);
			int at = x / step * 4;
			sums[at] += colour.red;
			sums[at + 1] += colour.green;
			sums[at + 2] += colour.blue;
			sums[at + 3] += large.alphaData == null ? 255 : large.alphaData[y * large.width + x] & 0xFF;
		}
	}

	private static void write(ImageData made, int y, long[] sums, int columns, int rows) {
		long count = (long) columns * rows;
		for (int x = 0; x < made.width; x++) {
			int pixel = (int) (sums[x * 4] / count) << 16 | (int) (sums[x * 4 + 1] / count) << 8
					| (int) (sums[x * 4 + 2] / count);
			made.setPixel(x, y, pixel);
			if (made.alphaData != null) {
				made.alphaData[y * made.width + x] = (byte) (sums[x * 4 + 3] / count);
			}
		}
	}
}
