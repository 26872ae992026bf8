// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Tables;

/** The pictures of contacts. A contact without one, or with one that cannot be read, is still a contact. */
final class Photos implements Closeable {

	private static final System.Logger LOG = System.getLogger(Photos.class.getName());
	/** More than any picture of a contact, and little enough to be held. */
	private static final int MOST_BYTES = 16 << 20;

	private @Nullable Tables tables;

	private Photos(@Nullable Tables tables) {
		this.tables = tables;
	}

	static Photos open(BackupContent content) throws IOException {
		try {
			Optional<Tables> images = Tables.open(content, People.DOMAIN, ContactsDataSet.IMAGES);
			return new Photos(images.isPresent() ? images.get() : null);
		} catch (ProblemException e) {
			LOG.log(Level.WARNING, () -> Texts.text("contacts.photos", e.problem().title()));
			return new Photos(null);
		}
	}

	/** The largest picture of the contact. */
	byte @Nullable [] of(long contact) throws IOException {
		Tables images = tables;
		if (images == null) {
			return null;
		}
		byte[][] best = { {} };
		try {
			for (String table : List.of("ABFullSizeImage", "ABThumbnailImage")) {
				if (best[0].length == 0 && images.has(table, "data")) {
					images.query("SELECT data FROM " + table + " WHERE record_id = ? AND length(data) BETWEEN 1 AND ?"
							+ " ORDER BY length(data) DESC LIMIT 1", List.of(contact, MOST_BYTES), row -> {
								byte[] data = row.bytes("data");
								best[0] = data == null ? best[0] : data;
								return false;
							});
				}
			}
		} catch (ProblemException e) {
			LOG.log(Level.WARNING, () -> Texts.text("contacts.photos", e.problem().title()));
			images.close();
			tables = null;
			return null;
		}
		return best[0].length == 0 ? null : best[0];
	}

	@Override
	public void close() throws IOException {
		Tables images = tables;
		if (images != null) {
			images.close();
		}
	}
}
