// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import org.keepsake.core.dataset.DataRecord.Attachment;

/**
 * A file of a photo.
 *
 * @param role what it is to the photo
 * @param file where it is
 */
public record PhotoFile(Role role, Attachment file) {

	/** What a file is to its photo. */
	public enum Role {
		/** What the camera made. */
		ORIGINAL,
		/** The same in another format: a raw image beside a JPEG. */
		ALTERNATE,
		/** The film of a Live Photo. */
		LIVE_MOVIE,
		/** As it looks since it was edited. */
		EDITED,
		/** The edited film of a Live Photo. */
		EDITED_MOVIE,
		/** What was edited, for Apple's programs. */
		ADJUSTMENTS
	}
}
