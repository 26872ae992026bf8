// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.drill;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Udid;

/**
 * A device that a restore is rehearsed on: it runs, is attached, and trusts whoever asks. Thread-safe. Closing it ends
 * it; its files go with the folder it was given.
 */
public interface DrillDevice extends Closeable {

	/** Its identifier, unlike that of any real device. */
	Udid udid();

	/**
	 * The environment variables with which a transport finds it and nothing else, in place of the variables of these
	 * names that the process has.
	 */
	Map<String, String> environment();

	/** Visits all it holds, ordered by domain and path; streaming. What it tells is of the moment when it began. */
	void forEach(Visitor visitor) throws IOException;

	/** What it holds at this place; empty if nothing. */
	Optional<Entry> find(String domain, String path) throws IOException;

	/** Opens the content of a regular file; the caller closes it. */
	InputStream open(Entry file) throws IOException;

	/**
	 * One thing it holds.
	 *
	 * @param domain     such as {@code HomeDomain}
	 * @param path       relative to the domain
	 * @param kind       what it is
	 * @param sizeBytes  of a regular file
	 * @param modified   when its content last changed
	 * @param linkTarget of a link; else null
	 */
	record Entry(String domain, String path, Kind kind, long sizeBytes, Instant modified,
			@Nullable String linkTarget) {
	}

	/** What an entry is. */
	enum Kind {
		/** A regular file. */
		FILE,
		/** A directory. */
		DIRECTORY,
		/** A symbolic link. */
		LINK
	}

	/** Receives what the device holds, one by one. */
	@FunctionalInterface
	interface Visitor {
		/** @return false to end the visit */
		boolean visit(Entry entry) throws IOException;
	}
}
