// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.testing.FolderContent;

class DateRangeTest {

	@TempDir
	@Nullable
	Path folder;

	private DateRange range(String values) throws Exception {
		FolderContent content = new FolderContent(Objects.requireNonNull(folder).resolve("backup"),
				new IosVersion("12.0"),
				true);
		content.sql("HomeDomain", "x.db", "CREATE TABLE t (d);\nINSERT INTO t VALUES " + values);
		try (Tables tables = Tables.open(content, "HomeDomain", "x.db").orElseThrow()) {
			return DateRange.cocoa(tables, "d", "t");
		}
	}

	@Test
	void takesSecondsAndNanosecondsTogether() throws Exception {
		assertEquals(
				new DateRange(Instant.parse("2001-01-01T00:01:40Z"), Instant.parse("2001-01-12T13:46:41.000000001Z")),
				range("(100), (0), (NULL), (200), (1000001000000001)"));
	}

	@Test
	void leavesOutWhatIsNoDate() throws Exception {
		assertEquals(new DateRange(Instant.parse("2001-01-01T00:00:01Z"), Instant.parse("2001-01-01T00:00:01Z")),
				range("(1), ('text'), (9223372036854775807), (900000000000), (x'01')"));
	}

	@Test
	void isEmptyWithoutRows() throws Exception {
		assertEquals(DateRange.NONE, range("(NULL)"));
	}
}
