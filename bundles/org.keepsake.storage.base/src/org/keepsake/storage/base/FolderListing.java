// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.storage.Storage;

/** Lists the blobs of a kind in {@link FolderLayout}, some folders at once. */
public final class FolderListing {

	/** One blob of a folder. */
	public record Entry(String fileName, long sizeBytes) {
	}

	/** Lists the blobs in one folder; called from several threads. */
	@FunctionalInterface
	public interface Lister {
		/** @return nothing if there is no such folder */
		List<Entry> list(String folder) throws IOException;
	}

	private FolderListing() {
	}

	/**
	 * Visits them in the caller's thread.
	 *
	 * @param kind such as {@code data}
	 */
	public static void visit(String kind, Lister lister, Storage.Visitor visitor) throws IOException {
		ManyAtOnce.ask(FolderLayout.folders(kind), lister::list, entries -> {
			for (Entry entry : entries) {
				if (!visitor.visit(kind + '/' + entry.fileName(), entry.sizeBytes())) {
					return false;
				}
			}
			return true;
		});
	}
}
