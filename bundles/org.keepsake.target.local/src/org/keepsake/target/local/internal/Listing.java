// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.Udid;
import org.keepsake.core.target.Snapshot;
import org.keepsake.ios.backup.Backup;

import com.dd.plist.NSDictionary;
import com.dd.plist.NSString;

/** Finds the kept backups of a folder, of whatever program, and what they say of themselves. Changes nothing else. */
final class Listing {

	private static final System.Logger LOG = System.getLogger(Listing.class.getName());
	private static final int MAX_INFO = 64 << 20;
	private static final int ATTEMPTS = 5;

	private final Layout layout;
	private final Sizes sizes;

	Listing(Layout layout) {
		this.layout = layout;
		this.sizes = new Sizes(layout.sizes());
	}

	/** All backups, newest first, with the newest of each device marked. */
	List<Snapshot> all() throws IOException {
		List<Snapshot> found = new ArrayList<>();
		for (Path child : candidates()) {
			read(child, false).ifPresent(found::add);
		}
		found.sort(NEWEST_FIRST);
		Set<Udid> seen = new HashSet<>();
		List<Snapshot> marked = new ArrayList<>();
		for (Snapshot snapshot : found) {
			boolean counts = snapshot.summary().complete() || noneComplete(found, snapshot.summary().udid());
			boolean newest = counts && seen.add(snapshot.summary().udid());
			marked.add(new Snapshot(snapshot.id(), snapshot.summary(), snapshot.path(), newest));
		}
		return marked;
	}

	private static final Comparator<Snapshot> NEWEST_FIRST = Comparator
			.comparing((Snapshot snapshot) -> date(snapshot.summary().finishedAt())).reversed()
			// of the same second, the one with the device's own name
			.thenComparing(snapshot -> snapshot.path().length()).thenComparing(Snapshot::path);

	private static Instant date(@Nullable Instant finishedAt) {
		return finishedAt != null ? finishedAt : Instant.MIN;
	}

	private static boolean noneComplete(List<Snapshot> all, Udid udid) {
		return all.stream().map(Snapshot::summary).noneMatch(s -> s.complete() && s.udid().equals(udid));
	}

	/** The backup folders, looked for again while a commit renames them, so that none is missed. */
	private List<Path> candidates() throws IOException {
		List<Path> children = List.of();
		for (int i = 0; i < ATTEMPTS; i++) {
			Object before = stamp();
			children = Layout.children(layout.folder());
			if (before.equals(stamp())) {
				break;
			}
		}
		return children.stream().filter(child -> !child.getFileName().toString().startsWith("."))
				.filter(child -> new BackupFolder(child).looksLikeBackup()).toList();
	}

	private Object stamp() throws IOException {
		return Files.isDirectory(layout.folder()) ? Files.getLastModifiedTime(layout.folder()) : "none";
	}

	/** The backup in the folder; empty if it cannot be read at all. */
	Optional<Snapshot> read(Path folder, boolean newest) throws IOException {
		try {
			BackupFolder backup = new BackupFolder(folder);
			Optional<BackupSummary> summary = summary(backup);
			return summary.isEmpty() ? Optional.empty()
					: Optional.of(new Snapshot(backup.id(), summary.get(), folder.toString(), newest));
		} catch (IOException e) {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				return Optional.empty(); // gone meanwhile
			}
			LOG.log(System.Logger.Level.WARNING, "A folder that looks like a backup cannot be read", e);
			return Optional.empty();
		}
	}

	private Optional<BackupSummary> summary(BackupFolder folder) throws IOException {
		Optional<BackupSummary> own = ownWords(folder);
		if (own.isEmpty()) {
			own = outline(folder);
		}
		if (own.isEmpty()) {
			return own;
		}
		BackupSummary said = own.get();
		Sizes.Size size = sizes.of(folder, said.complete());
		return Optional.of(new BackupSummary(said.udid(), said.deviceName(), said.productType(), said.iosVersion(),
				said.finishedAt(), size.bytes(), size.files(), said.encrypted(), said.complete()));
	}

	private static Optional<BackupSummary> ownWords(BackupFolder folder) {
		try (FolderTree tree = new FolderTree(folder.path()); Backup backup = Backup.open(tree)) {
			return Optional.of(backup.summary());
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Not a whole backup", e);
			return Optional.empty();
		}
	}

	/** What can be told of a backup whose run ended before there was an index. */
	private static Optional<BackupSummary> outline(BackupFolder folder) throws IOException {
		NSDictionary info = folder.dictionary("Info.plist", MAX_INFO).orElseGet(NSDictionary::new);
		String target = text(info, "Target Identifier");
		Optional<Udid> udid = Udid.isValid(target) ? Optional.of(new Udid(target))
				: Layout.deviceOf(folder.path().getFileName().toString());
		String version = text(info, "Product Version");
		return udid.map(device -> new BackupSummary(device, text(info, "Device Name"), text(info, "Product Type"),
				version.isEmpty() ? null : new org.keepsake.core.IosVersion(version), null, 0, 0, false, false));
	}

	private static String text(NSDictionary dictionary, String key) {
		return dictionary.get(key) instanceof NSString text ? text.getContent() : "";
	}
}
