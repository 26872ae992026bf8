// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.trial;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;

/** All that a virtual iPhone holds, with the SHA-256 of every file: read entry by entry, or compared as a whole. */
public final class FileTree {

	private static final int BUFFER_BYTES = 1 << 16;

	private final Map<String, Entry> entries = new TreeMap<>();
	private long files;
	private long bytes;

	private FileTree() {
	}

	/**
	 * An entry and its content's digest.
	 *
	 * @param file   the entry
	 * @param sha256 of a regular file, in hexadecimal digits; null for anything else
	 */
	public record Entry(VirtualFile file, @Nullable String sha256) {

		private boolean sameAs(Entry other) {
			return file.kind() == other.file.kind() && Objects.equals(sha256, other.sha256)
					&& (file.kind() != Kind.FILE || file.sizeBytes() == other.file.sizeBytes())
					&& Objects.equals(file.linkTarget(), other.file.linkTarget());
		}
	}

	/** Is shown the entries one by one. */
	@FunctionalInterface
	public interface Visitor {
		/** Called once for each entry. */
		void visit(Entry entry) throws IOException;
	}

	/** Visits all entries ordered by domain and path, reading every file. */
	public static void visit(VirtualFiles files, Visitor visitor, JobMonitor monitor) throws IOException {
		MessageDigest digest = sha256();
		byte[] buffer = new byte[BUFFER_BYTES];
		try (VirtualFiles.Snapshot snapshot = files.snapshot()) {
			snapshot.forEach((file, content) -> {
				monitor.throwIfCancelled();
				String sha256 = null;
				if (file.kind() == Kind.FILE) {
					try (InputStream in = content.open()) {
						int read;
						while ((read = in.read(buffer)) >= 0) {
							digest.update(buffer, 0, read);
						}
					}
					sha256 = HexFormat.of().formatHex(digest.digest());
				}
				visitor.visit(new Entry(file, sha256));
			});
		}
	}

	/** Reads everything, and keeps the digests. */
	public static FileTree read(VirtualFiles files, JobMonitor monitor) throws IOException {
		FileTree tree = new FileTree();
		visit(files, entry -> {
			tree.entries.put(entry.file().domain() + '/' + entry.file().path(), entry);
			if (entry.file().kind() == Kind.FILE) {
				tree.files++;
				tree.bytes += entry.file().sizeBytes();
				monitor.report(new JobEvent.Progress(-1, tree.bytes, -1, tree.files, -1));
			}
		}, monitor);
		return tree;
	}

	/** How many regular files it has. */
	public long files() {
		return files;
	}

	/** Bytes of all regular files. */
	public long bytes() {
		return bytes;
	}

	/** How the other tree differs from this one, a sentence for each entry; empty if they are the same. */
	public List<String> differencesOf(FileTree other) {
		List<String> differences = new ArrayList<>();
		entries.forEach((name, entry) -> {
			Entry theirs = other.entries.get(name);
			if (theirs == null) {
				differences.add(name + " is missing");
			} else if (!entry.sameAs(theirs)) {
				differences.add(name + " has other content");
			}
		});
		other.entries.keySet().stream().filter(name -> !entries.containsKey(name))
				.forEach(name -> differences.add(name + " should not be there"));
		return differences;
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java platform has SHA-256", e);
		}
	}
}
