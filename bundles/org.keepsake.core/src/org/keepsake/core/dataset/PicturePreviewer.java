// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.io.OutputStream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;

/**
 * Shows pictures of a format that few programs read; the class named in an extension to
 * {@code org.keepsake.core.previewers}. Has a public constructor without parameters and no state. Calls block; several
 * threads may call.
 */
public interface PicturePreviewer {

	/**
	 * Whether a file is of its format, by its name alone.
	 *
	 * @param name such as {@code IMG_0001.HEIC}
	 */
	boolean accepts(String name);

	/**
	 * Writes the picture, or a smaller one of the same, as JPEG. What is in the file may be anything.
	 *
	 * @param jpeg refuses more than the caller can bear with an {@code IOException}, which is passed on; stays open
	 * @return why it was not written, and what a person can do about it, in a sentence or two; null if it was
	 * @throws IOException a problem of the backup, a cancellation, or what {@code jpeg} throws
	 */
	@Nullable
	String preview(BackupContent content, ContentFile picture, OutputStream jpeg, JobMonitor monitor)
			throws IOException;
}
