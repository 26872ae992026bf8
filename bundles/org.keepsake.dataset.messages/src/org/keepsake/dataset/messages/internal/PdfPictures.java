// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.openpdf.text.BadElementException;
import org.openpdf.text.ExceptionConverter;
import org.openpdf.text.Image;

/** The pictures among attachments that a PDF can hold: JPEG as it is, and PNG. Others are told by their names. */
final class PdfPictures {

	private static final int LARGEST = 24 << 20;
	/** A small file can hold a picture larger than any memory. */
	private static final long MOST_PIXELS = 24_000_000;
	private static final float WIDTH = 240;
	private static final float HEIGHT = 300;
	private static final int PNG = 0x89504E47;

	private final BackupContent content;
	private long missing;

	PdfPictures(BackupContent content) {
		this.content = content;
	}

	/** The picture, fitted into a bubble; null if the attachment is none, or is not there. */
	@Nullable
	Image of(Attachment attachment) throws IOException {
		Optional<ContentFile> file = attachment.present() ? content.find(attachment.domain(), attachment.path())
				: Optional.empty();
		if (file.isEmpty()) {
			missing++;
			return null;
		}
		if (!attachment.mimeType().startsWith("image/") || file.get().sizeBytes() > LARGEST) {
			return null;
		}
		try (InputStream in = content.open(file.get())) {
			byte[] bytes = in.readNBytes(LARGEST);
			if (!isFit(bytes)) {
				return null;
			}
			Image image = Image.getInstance(bytes);
			image.scaleToFit(WIDTH, HEIGHT);
			return image;
		} catch (ProblemException e) {
			missing++;
			return null;
		} catch (BadElementException | ExceptionConverter | IndexOutOfBoundsException | NegativeArraySizeException
				| IllegalArgumentException | NullPointerException | IOException e) {
			// A picture that is damaged is told by its name.
			return null;
		}
	}

	private static boolean isFit(byte[] bytes) {
		if (bytes.length < 32) {
			return false;
		}
		ByteBuffer head = ByteBuffer.wrap(bytes);
		if (head.getInt(0) == PNG) {
			long width = head.getInt(16) & 0xFFFF_FFFFL;
			long height = head.getInt(20) & 0xFFFF_FFFFL;
			return width > 0 && height > 0 && width < 100_000 && height < 100_000 && width * height <= MOST_PIXELS;
		}
		return bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8;
	}

	long missing() {
		return missing;
	}
}
