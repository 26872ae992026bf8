// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

class ExportedFilesTest {

	private static final Instant DATE = Instant.parse("2020-02-29T12:00:00Z");
	private static final Attachment FILE = new Attachment("a.txt", "text/plain", "MediaDomain", "x/a.txt", true);

	private FolderContent content = new FolderContent(Path.of(""), new IosVersion("18.5"), true);
	private FolderOutput output = new FolderOutput(Path.of(""));

	@BeforeEach
	void fill(@TempDir Path given) throws Exception {
		content = new FolderContent(given.resolve("backup"), new IosVersion("18.5"), true);
		output = new FolderOutput(given.resolve("out"));
		content.put("MediaDomain", "x/a.txt", "some text");
	}

	/** The same content, but what is opened fails after three bytes, or at once. */
	private BackupContent failing(boolean atOnce, IOException failure) {
		return (BackupContent) Proxy.newProxyInstance(BackupContent.class.getClassLoader(),
				new Class<?>[] { BackupContent.class }, (proxy, method, arguments) -> {
					if (!method.getName().equals("open")) {
						try {
							return method.invoke(content, arguments);
						} catch (InvocationTargetException e) {
							throw e.getCause();
						}
					}
					if (atOnce) {
						throw failure;
					}
					return new Broken(failure);
				});
	}

	/** Three bytes, and then a failure. */
	private static final class Broken extends InputStream {
		private final InputStream start = new ByteArrayInputStream(new byte[3]);
		private final IOException failure;

		Broken(IOException failure) {
			this.failure = failure;
		}

		@Override
		public int read() throws IOException {
			int next = start.read();
			if (next < 0) {
				throw failure;
			}
			return next;
		}

		@Override
		public int read(byte @Nullable [] bytes, int offset, int length) throws IOException {
			int read = bytes == null ? -1 : start.read(bytes, offset, length);
			if (read < 0) {
				throw failure;
			}
			return read;
		}
	}

	@Test
	void copiesWithTheDateThatIsGiven() throws Exception {
		assertEquals("b/c.txt", ExportedFiles.copy(content, FILE, output, "b/c.txt", DATE));
		assertEquals("some text", output.text("b/c.txt"));
		assertEquals(DATE, output.modified("b/c.txt"));
	}

	@Test
	void takesTheDateOfTheBackupOtherwise() throws Exception {
		ContentFile source = content.find("MediaDomain", "x/a.txt").orElseThrow();
		ExportedFiles.copy(content, FILE, output, "c.txt", null);
		assertEquals(source.modified(), output.modified("c.txt"));
	}

	@Test
	void whatIsMissingIsNotWritten() throws Exception {
		Attachment gone = new Attachment("b", "", "MediaDomain", "x/b", true);
		Attachment absent = new Attachment("a", "", "MediaDomain", "x/a.txt", false);
		for (Attachment attachment : List.of(gone, absent)) {
			assertNull(ExportedFiles.copy(content, attachment, output, "c", DATE));
		}
		assertEquals(List.of(), output.files());
	}

	@Test
	void damageLeavesNothingBehind() throws Exception {
		IOException damage = DataProblems.UNREADABLE.exception("x/a.txt", "damaged");
		for (boolean atOnce : new boolean[] { true, false }) {
			assertNull(ExportedFiles.copy(failing(atOnce, damage), FILE, output, "c", DATE));
			assertEquals(List.of(), output.files());
			assertEquals(0, output.open());
		}
	}

	/** The place of the backup is gone: each further file would fail as well, and nobody would be told why. */
	@Test
	void aPlaceThatFailsEndsTheExport() throws Exception {
		IOException unplugged = new IOException("unplugged");
		for (boolean atOnce : new boolean[] { true, false }) {
			assertThrows(IOException.class,
					() -> ExportedFiles.copy(failing(atOnce, unplugged), FILE, output, "c", DATE));
			assertEquals(List.of(), output.files());
		}
	}

	@Test
	void whatCannotBeWrittenIsThrown() {
		OutputStream full = new OutputStream() {
			@Override
			public void write(int next) throws IOException {
				throw new IOException("full");
			}
		};
		ContentFile source = new ContentFile("MediaDomain", "x/a.txt", 9, DATE);
		assertEquals("full",
				assertThrows(IOException.class, () -> ExportedFiles.copy(content, source, full)).getMessage());
	}
}
