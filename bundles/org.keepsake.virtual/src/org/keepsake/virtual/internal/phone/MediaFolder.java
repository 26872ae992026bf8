// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.wire.PlistFrames;

/** The media area, which is all that AFC shows: {@code /var/mobile/Media} of a real device. */
public final class MediaFolder {

	private static final List<String> FOLDERS = List.of("Books", "DCIM/100APPLE", "Downloads", "PhotoData",
			"Recordings", "iTunes_Control/iTunes", "iTunes_Control/Music");

	private final Path root;

	MediaFolder(Path root) throws IOException {
		boolean fresh = Files.notExists(root);
		this.root = Files.createDirectories(root).toRealPath();
		if (fresh) {
			fill();
		}
	}

	private void fill() throws IOException {
		for (String folder : FOLDERS) {
			Files.createDirectories(root.resolve(folder));
		}
		Path itunes = root.resolve("iTunes_Control/iTunes");
		Files.write(itunes.resolve("iTunesPrefs"),
				ByteBuffer.allocate(64).put("frpd".getBytes(StandardCharsets.US_ASCII)).putInt(1).array());
		Files.write(itunes.resolve("iTunesPrefs.plist"), PlistFrames.xml(Map.of("iPodPrefs", new byte[16])));
		Files.write(itunes.resolve("VoiceMemos.plist"), PlistFrames.xml(Map.of("Albums", List.of())));
	}

	/** The area's folder, without links in its path. */
	public Path root() {
		return root;
	}

	/**
	 * Where a path of the device lies. Neither {@code ..} nor a link leads out of the area.
	 *
	 * @param follow whether a link at the end is followed
	 * @throws AccessDeniedException if it leads out, or cannot name a file here
	 */
	public Path resolve(String afcPath, boolean follow) throws IOException {
		Path path = root;
		for (String part : afcPath.split("/")) {
			if (part.equals("..")) {
				throw new AccessDeniedException(afcPath);
			}
			try {
				path = part.isEmpty() || part.equals(".") ? path : path.resolve(part);
			} catch (InvalidPathException e) {
				throw new AccessDeniedException(afcPath);
			}
		}
		Path checked = follow || path.equals(root) ? path : path.getParent();
		while (checked != null && Files.notExists(checked)) {
			if (Files.isSymbolicLink(checked)) {
				throw new AccessDeniedException(afcPath);
			}
			checked = checked.getParent();
		}
		if (checked == null || !checked.toRealPath().startsWith(root)) {
			throw new AccessDeniedException(afcPath);
		}
		return path;
	}

	@Nullable
	Path existing(String afcPath) {
		try {
			Path path = resolve(afcPath, true);
			return Files.exists(path) ? path : null;
		} catch (IOException e) {
			return null;
		}
	}

	void clear() throws IOException {
		StateFolder.delete(root);
		Files.createDirectories(root);
		fill();
	}
}
