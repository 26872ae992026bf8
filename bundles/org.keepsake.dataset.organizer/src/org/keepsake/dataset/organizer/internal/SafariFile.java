// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.AppleTime;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Row;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/** One of the files in which Safari keeps pages. */
interface SafariFile {

	/** Beyond this a moment is meant to count from 1970: as Cocoa's time it would be after 2032. */
	double UNIX = 978_307_200;

	/** Counts its pages. */
	void survey(SafariTally tally, JobMonitor monitor) throws IOException;

	/** Streams its pages. @return false if the visitor ended the visit */
	boolean read(RecordVisitor visitor, JobMonitor monitor) throws IOException;

	/** A moment, which some versions of Safari write as seconds since 1970. */
	static @Nullable Instant time(@Nullable Number value) {
		return value != null && value.doubleValue() > UNIX ? AppleTime.unix(value) : AppleTime.cocoa(value);
	}

	/** A property list within a row; empty if there is none that can be read. */
	static PropertyList attributes(Row row, String column) throws SQLException, IOException {
		byte[] bytes = row.bytes(column);
		if (bytes == null || bytes.length == 0) {
			return PropertyList.EMPTY;
		}
		try {
			return PropertyList.read(new ByteArrayInputStream(bytes), bytes.length, _ -> true);
		} catch (PlistException e) {
			return PropertyList.EMPTY;
		}
	}

	/** A moment in a property list, be it a date or a number. */
	static @Nullable Instant time(PropertyList list, String key) {
		Instant date = list.date(key);
		return date == null && list.get(key) instanceof Number number ? time(number) : date;
	}

	/** A file that is a property list. */
	static PropertyList list(BackupContent content, ContentFile file, String key) throws IOException {
		try (InputStream in = content.open(file)) {
			return PropertyList.read(in, 64L << 20, key::equals);
		} catch (PlistException e) {
			throw DataProblems.UNREADABLE.exceptionBecause(e, file.domain() + '/' + file.path(),
					String.valueOf(e.getMessage()));
		}
	}
}
