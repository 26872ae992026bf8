// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.repository.internal.Adoption;
import org.keepsake.repository.internal.Checker;
import org.keepsake.repository.internal.ContentChannel;
import org.keepsake.repository.internal.Copier;
import org.keepsake.repository.internal.Locks;
import org.keepsake.repository.internal.Opening;
import org.keepsake.repository.internal.Pipeline;
import org.keepsake.repository.internal.Pruner;
import org.keepsake.repository.internal.Repairer;
import org.keepsake.repository.internal.Snapshots;
import org.keepsake.repository.internal.Usage;
import org.keepsake.repository.internal.Vault;

/**
 * Versioned, deduplicated, encrypted snapshots in the restic repository format. Thread-safe; calls block. Source:
 * restic/restic doc/design.rst; docs/formats/repository.md says what of it Keepsake writes.
 *
 * <p>
 * Reading needs no lock, but a prune by somebody else may delete what is being read: whoever reads for long takes a
 * shared {@link #lock}. What adds or deletes takes its lock by itself.
 */
public final class Repository implements Closeable {

	private final Vault vault;
	private final Storage storage;
	private volatile BlobId key;

	private Repository(Storage storage, Opening.Opened opened) {
		this.storage = storage;
		this.vault = opened.vault();
		this.key = opened.key();
	}

	/**
	 * Makes a repository in an empty place and opens it.
	 *
	 * @param storage  closed with the repository, or if this fails
	 * @param password copied as far as needed
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#EXISTS}
	 */
	public static Repository init(Storage storage, Secret password, InitOptions options) throws IOException {
		return opening(storage, () -> Opening.init(storage, password, options.version(), options.keyCost(),
				options.polynomial()));
	}

	/**
	 * Opens a repository. Costs a tenth of a second or more for each of its keys that the password does not fit.
	 *
	 * @param storage closed with the repository, or if this fails
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#NONE}, {@code WRONG_PASSWORD},
	 *                                            {@code KEYS_DAMAGED}, {@code CONFIG_DAMAGED}, {@code VERSION}
	 */
	public static Repository open(Storage storage, Secret password) throws IOException {
		return open(storage, password, OpenOptions.LOCAL);
	}

	/**
	 * Opens a repository to be read in a way that suits where it is; otherwise as {@link #open(Storage, Secret)}.
	 *
	 * @throws IOException also if the cache's folder cannot be made
	 */
	public static Repository open(Storage storage, Secret password, OpenOptions options) throws IOException {
		return opening(storage, () -> Opening.open(storage, password, options));
	}

	@FunctionalInterface
	private interface Attempt {
		Opening.Opened run() throws IOException;
	}

	private static Repository opening(Storage storage, Attempt attempt) throws IOException {
		boolean opened = false;
		try {
			Repository repository = new Repository(storage, attempt.run());
			opened = true;
			return repository;
		} finally {
			if (!opened) {
				storage.close();
			}
		}
	}

	/** Where it is, for a person. */
	public String location() {
		return vault.location();
	}

	/** Its random identity, the same wherever it is moved. */
	public BlobId id() {
		return vault.repositoryId();
	}

	/** Version of the format: 1 or 2. */
	public int version() {
		return vault.version();
	}

	/** Where content is cut; for {@link InitOptions#polynomial}. */
	public long polynomial() {
		return vault.polynomial();
	}

	/** The keys that can be read; damaged ones are found by {@link #check}. */
	public List<KeyInfo> keys() throws IOException {
		return Opening.keys(vault, key);
	}

	/** Adds a password. */
	public KeyInfo addKey(Secret password, KeyCost cost) throws IOException {
		BlobId added = Opening.addKey(vault, password, cost);
		return keys().stream().filter(k -> k.id().equals(added)).findFirst()
				.orElseThrow(() -> RepositoryProblems.NO_SUCH_KEY.exception(location(), added.toString()));
	}

	/**
	 * Removes a password.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#KEY_IN_USE} for the one that opened this,
	 *                                            {@code NO_SUCH_KEY}
	 */
	public void removeKey(BlobId id) throws IOException {
		if (id.equals(key)) {
			throw RepositoryProblems.KEY_IN_USE.exception(location());
		}
		Opening.removeKey(vault, id);
	}

	/** Replaces the key that opened this: the new one is there before the old one goes. */
	public void changePassword(Secret password, KeyCost cost) throws IOException {
		BlobId old = key;
		key = Opening.addKey(vault, password, cost);
		Opening.removeKey(vault, old);
	}

	/**
	 * Locks it against others.
	 *
	 * @param retryFor how long to try again while others hold theirs
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#LOCKED}
	 */
	public RepositoryLock lock(boolean exclusive, Duration retryFor) throws IOException {
		return Locks.take(vault, exclusive, retryFor);
	}

	/**
	 * Removes locks whose holders are gone.
	 *
	 * @param all all others as well, for a person who knows that nobody works on it
	 * @return how many
	 */
	public int unlock(boolean all) throws IOException {
		return Locks.unlock(vault, all);
	}

	/**
	 * All snapshots, newest first.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#DAMAGED} if one is; see
	 *                                            {@link #readableSnapshots}
	 */
	public List<SnapshotRecord> snapshots() throws IOException {
		return Snapshots.list(vault, (id, problem) -> {
			throw problem;
		});
	}

	/** All snapshots that can be read, newest first. */
	public List<SnapshotRecord> readableSnapshots() throws IOException {
		return readableSnapshots(problem -> System.getLogger(Repository.class.getName())
				.log(System.Logger.Level.WARNING, problem.toString()));
	}

	/** The same. @param damage hears of each that cannot be read; called by any thread, one at a time */
	public List<SnapshotRecord> readableSnapshots(Consumer<Problem> damage) throws IOException {
		return Snapshots.list(vault, (id, problem) -> damage.accept(problem.problem()));
	}

	/**
	 * A snapshot by the first digits of its id, or {@code latest}.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#NO_SUCH_SNAPSHOT}, {@code AMBIGUOUS}
	 */
	public SnapshotRecord snapshot(String name) throws IOException {
		List<SnapshotRecord> all = readableSnapshots();
		String digits = name.toLowerCase(Locale.ROOT);
		List<SnapshotRecord> found = digits.equals("latest") ? all.stream().limit(1).toList()
				: all.stream().filter(s -> !digits.isEmpty() && s.id().toString().startsWith(digits)).toList();
		return switch (found.size()) {
			case 0 -> throw RepositoryProblems.NO_SUCH_SNAPSHOT.exception(location(), name);
			case 1 -> found.getFirst();
			default -> throw RepositoryProblems.AMBIGUOUS.exception(location(), name);
		};
	}

	/**
	 * Deletes snapshots. Their content stays until {@link #prune}. Takes an exclusive lock, as restic does.
	 *
	 * @throws org.keepsake.core.ProblemException {@code storage.forbidden} where the store only lets blobs be added
	 */
	public void forget(Collection<BlobId> ids, Duration retryLockFor) throws IOException {
		try (RepositoryLock lock = lock(true, retryLockFor)) {
			for (BlobId id : ids) {
				lock.throwIfLost();
				vault.deleteSnapshot(id);
			}
		}
	}

	/** Replaces the tags of a snapshot: it gets another id, and names the first one as its original. */
	public SnapshotRecord setTags(SnapshotRecord snapshot, List<String> tags, Duration retryLockFor)
			throws IOException {
		try (RepositoryLock lock = lock(true, retryLockFor)) {
			SnapshotRecord changed = Snapshots.rewrite(vault, snapshot, null, tags);
			lock.throwIfLost();
			if (!changed.id().equals(snapshot.id())) {
				vault.deleteSnapshot(snapshot.id());
			}
			return changed;
		}
	}

	/** Reads a folder. */
	public TreeReader tree(BlobId tree) throws IOException {
		return new TreeReader(vault.loadBlob(tree, BlobType.TREE), location(), tree);
	}

	/**
	 * Looks for an entry by its path.
	 *
	 * @param root a snapshot's tree, or any other
	 * @param path components joined by slashes, such as {@code 00008110-…/Manifest.db}
	 * @return empty if there is none, or the path is empty
	 */
	public Optional<Node> find(BlobId root, String path) throws IOException {
		BlobId folder = root;
		@Nullable
		Node found = null;
		for (String name : path.split("/")) {
			if (name.isEmpty()) {
				continue;
			}
			if (folder == null) {
				return Optional.empty();
			}
			found = find(tree(folder), name);
			if (found == null) {
				return Optional.empty();
			}
			folder = found.subtree();
		}
		return found == null ? Optional.empty() : Optional.of(found);
	}

	private static @Nullable Node find(TreeReader entries, String name) throws IOException {
		for (@Nullable
		Node node = entries.next(); node != null; node = entries.next()) {
			int order = TreeBuilder.compareNames(node.name(), name);
			if (order >= 0) {
				return order == 0 ? node : null;
			}
		}
		return null;
	}

	/** The content of a blob, proven by its digest. */
	public byte[] loadBlob(BlobId id, BlobType type) throws IOException {
		return vault.loadBlob(id, type);
	}

	/**
	 * Opens content for reading at any position. Blobs that lie side by side in a pack are fetched at once and, while the
	 * reader goes forward, ahead of it.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#MISSING} if a part is not stored
	 */
	public SeekableByteChannel open(List<BlobId> content) throws IOException {
		return new ContentChannel(vault, content);
	}

	/**
	 * Says what will be read soon, about in that order: its packs come into the cache meanwhile, several at once, but no
	 * more than half of the cache ahead of the reader. Returns at once. Without effect where nothing is cached.
	 *
	 * @param data blobs, such as the content of all files that a device is about to be given; those not stored are left
	 *             out
	 * @return to be closed when all was read, or nothing of it will be any more
	 */
	public ReadAhead readAhead(Collection<BlobId> data) throws IOException {
		return vault.readAhead(data);
	}

	/** Begins to add content; first lists the finished packs that an interrupted run has left, so that they are used. */
	public Saver saver(SaveOptions options) throws IOException {
		RepositoryLock lock = lock(false, options.retryLockFor());
		boolean begun = false;
		try {
			Pipeline pipeline = new Pipeline(vault, options.compression(), options.packSize(), options.uploads());
			try {
				Adoption.adopt(vault);
				begun = true;
				return new Saver(vault, lock, pipeline);
			} finally {
				if (!begun) {
					pipeline.close();
				}
			}
		} finally {
			if (!begun) {
				lock.close();
			}
		}
	}

	/** Looks for damage. Takes a shared lock. */
	public CheckReport check(CheckOptions options, JobMonitor monitor) throws IOException {
		try (RepositoryLock lock = lock(false, options.retryLockFor())) {
			CheckReport report = new Checker(vault.direct(), options, monitor).run();
			lock.throwIfLost();
			return report;
		}
	}

	/**
	 * Deletes content that no snapshot names, and makes few large packs of many small ones. Takes an exclusive lock,
	 * unless it is a dry run. Deletes nothing if anything that is needed is damaged or missing.
	 */
	public PruneReport prune(PruneOptions options, JobMonitor monitor) throws IOException {
		try (RepositoryLock lock = lock(!options.dryRun(), options.retryLockFor())) {
			return new Pruner(vault, options, lock, monitor).run();
		}
	}

	/**
	 * Saves what can be saved: lists all readable packs anew, takes what is readable out of damaged packs, and rewrites
	 * the snapshots that miss content without the files it belongs to. Takes an exclusive lock, unless it is a dry run.
	 */
	public RepairReport repair(RepairOptions options, JobMonitor monitor) throws IOException {
		try (RepositoryLock lock = lock(!options.dryRun(), options.retryLockFor())) {
			RepairReport report = new Repairer(vault.direct(), options, lock, monitor).run();
			vault.forgetIndex();
			return report;
		}
	}

	/** How much is stored, and what deleting each snapshot alone would free. Reads all folders once or twice. */
	public RepositoryStats stats(JobMonitor monitor) throws IOException {
		return Usage.stats(vault, monitor);
	}

	/** Bytes as stored that deleting these snapshots together, and pruning, would free. */
	public long freedBy(Collection<BlobId> snapshots, JobMonitor monitor) throws IOException {
		return Usage.freedBy(vault, snapshots, monitor);
	}

	/**
	 * Copies snapshots into another repository; those that are there already are left out.
	 *
	 * @param options how they are stored there
	 * @return the copies that were made
	 */
	public List<SnapshotRecord> copyTo(Repository other, List<SnapshotRecord> snapshots, SaveOptions options,
			JobMonitor monitor) throws IOException {
		try (RepositoryLock lock = lock(false, options.retryLockFor()); Saver saver = other.saver(options)) {
			List<SnapshotRecord> copies = Copier.copy(vault, other.readableSnapshots(), snapshots, saver, monitor);
			lock.throwIfLost();
			return copies;
		}
	}

	Vault vault() {
		return vault;
	}

	@Override
	public void close() throws IOException {
		try (storage) {
			vault.close();
		}
	}
}
