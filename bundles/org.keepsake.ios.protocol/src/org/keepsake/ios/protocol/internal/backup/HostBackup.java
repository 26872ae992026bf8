// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/**
 * The few files of a backup's folder that the host looks at by itself.
 *
 * @param files  all files
 * @param folder the backup's
 */
record HostBackup(HostFiles files, TreePath folder) {

	private static final int LONGEST_STATUS = 1 << 20;
	private static final int LONGEST_INFO = 256 << 20;

	private static final String STATUS = "Status.plist";
	private static final String MANIFEST = "Manifest.plist";

	TreePath info() {
		return folder.resolve("Info.plist");
	}

	/** What the device says of the state of the backup, or null if there is nothing that can be read. */
	@Nullable
	Dict status() throws IOException {
		return plist(STATUS, LONGEST_STATUS);
	}

	/** The host's description of the backup, or null if there is none that can be read. */
	@Nullable
	Dict description() throws IOException {
		return plist("Info.plist", LONGEST_INFO);
	}

	/** Whether the status says that the backup is finished. */
	static boolean isFinished(@Nullable Dict status) {
		return status != null && "finished".equals(status.string("SnapshotState"));
	}

	/** Whether the backup has an index that is not empty. */
	boolean hasManifest() throws IOException {
		return isFilled(MANIFEST) && (isFilled("Manifest.db") || isFilled("Manifest.mbdb"));
	}

	private boolean isFilled(String name) throws IOException {
		Optional<TreeEntry> entry = files.stat(folder.resolve(name));
		return entry.isPresent() && entry.get().isFile() && entry.get().sizeBytes() > 0;
	}

	/**
	 * Makes sure that leftovers do not poison a full backup: a finished status without an index, or an index without
	 * content, ends in error 205. An interrupted run is left as it is, for the device resumes it.
	 *
	 * @return whether the device must be asked for a full backup
	 */
	boolean clearPoison() throws IOException {
		Dict status = status();
		boolean interrupted = status != null && !isFinished(status);
		boolean emptyManifest = files.stat(folder.resolve(MANIFEST)).filter(TreeEntry::isFile)
				.filter(entry -> entry.sizeBytes() == 0).isPresent();
		boolean unusable = status == null && files.stat(folder.resolve(STATUS)).isPresent();
		boolean poisoned = emptyManifest || unusable || !interrupted && status != null && !hasManifest();
		if (poisoned) {
			files.remove(folder.resolve(STATUS));
			files.remove(folder.resolve(MANIFEST));
		}
		return poisoned;
	}

	private @Nullable Dict plist(String name, int longest) throws IOException {
		try (SeekableByteChannel channel = files.read(folder.resolve(name))) {
			if (channel.size() > longest) {
				return null;
			}
			InputStream in = Channels.newInputStream(channel);
			return Plist.parseDict(in.readNBytes(longest));
		} catch (PlistException | UncheckedIOException e) {
			return null;
		} catch (IOException e) {
			if (Answer.reason(e) == TreeException.Reason.NOT_FOUND) {
				return null;
			}
			throw e;
		}
	}
}
