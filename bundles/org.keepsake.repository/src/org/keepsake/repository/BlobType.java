// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

/** What a blob holds. The same bytes as data and as a tree are two blobs. */
public enum BlobType {
	/** A part of a file's content. */
	DATA,
	/** A folder: a JSON document of its entries. */
	TREE;

	/** The word in index files. */
	public String word() {
		return this == DATA ? "data" : "tree";
	}
}
