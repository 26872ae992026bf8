// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryAccess;

/**
 * Opened repositories by their locations, shared by all who use one at the same time or shortly after each other: opening
 * costs a key derivation and the index. Thread-safe.
 */
final class Connections {

	private static final System.Logger LOG = System.getLogger(Connections.class.getName());
	private static final Duration IDLE = Duration.ofSeconds(15);

	private final Map<Key, Shared> open = new HashMap<>();

	/** What must be the same for a connection to be shared. */
	private record Key(String location, Map<String, String> settings) {
	}

	/** A repository that is open, and the store below it. */
	private record Opened(Repository repository, MeteredStorage storage, Listing listing, Set<String> indexes) {
	}

	private static final class Shared {
		/** Guarded by the map. */
		private int users;
		/** Guarded by the map: how often somebody took it. */
		private long uses;
		/** Guarded by this. */
		private @Nullable Opened opened;
		/** Guarded by this: nobody used it since it was last seen to be as others see it. */
		private boolean idle;
	}

	/** One use of a connection. */
	final class Lease implements Closeable {

		private final Key key;
		private final Shared shared;
		private final Opened opened;
		private boolean closed;

		private Lease(Key key, Shared shared, Opened opened) {
			this.key = key;
			this.shared = shared;
			this.opened = opened;
		}

		Repository repository() {
			return opened.repository();
		}

		MeteredStorage storage() {
			return opened.storage();
		}

		Listing listing() {
			return opened.listing();
		}

		@Override
		public synchronized void close() {
			if (!closed) {
				closed = true;
				release(key, shared);
			}
		}
	}

	/** Takes a connection, which is opened if nobody has it. */
	Lease lease(String location, TargetFactory.Context context, Settings settings) throws IOException {
		Key key = new Key(location, Map.copyOf(context.settings()));
		Shared shared;
		synchronized (open) {
			shared = open.computeIfAbsent(key, k -> new Shared());
			shared.users++;
			shared.uses++;
		}
		boolean leased = false;
		try {
			Lease lease = new Lease(key, shared, opened(shared, location, context, settings));
			leased = true;
			return lease;
		} finally {
			if (!leased) {
				release(key, shared);
			}
		}
	}

	private static Opened opened(Shared shared, String location, TargetFactory.Context context, Settings settings)
			throws IOException {
		synchronized (shared) {
			Opened known = shared.opened;
			if (known != null && shared.idle && !known.storage().names("index").containsAll(known.indexes())) {
				// Somebody has pruned it: what lies where is not known any more.
				shared.opened = null;
				known.repository().close();
				known = null;
			}
			shared.idle = false;
			if (known != null) {
				return known;
			}
			Metering metering = new Metering(context, settings.quota());
			Repository repository = RepositoryAccess.open(location, metering);
			boolean done = false;
			try {
				MeteredStorage storage = metering.last();
				Opened opened = new Opened(repository, storage, new Listing(), storage.names("index"));
				shared.opened = opened;
				done = true;
				return opened;
			} finally {
				if (!done) {
					repository.close();
				}
			}
		}
	}

	private void release(Key key, Shared shared) {
		long uses;
		synchronized (open) {
			if (--shared.users > 0) {
				return;
			}
			uses = shared.uses;
		}
		synchronized (shared) {
			shared.idle = true;
		}
		Thread.ofVirtual().name("repository idle").start(() -> {
			try {
				Thread.sleep(IDLE);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			synchronized (open) {
				if (shared.users > 0 || shared.uses != uses) {
					return;
				}
				open.remove(key, shared);
			}
			close(shared);
		});
	}

	private static void close(Shared shared) {
		synchronized (shared) {
			Opened opened = shared.opened;
			shared.opened = null;
			if (opened != null) {
				try {
					opened.repository().close();
				} catch (IOException e) {
					LOG.log(System.Logger.Level.DEBUG, "Closing an idle repository", e);
				}
			}
		}
	}

	/** Hands out the context's stores, each with a meter around it. */
	private static final class Metering implements TargetFactory.Context {

		private final TargetFactory.Context context;
		private final long quota;
		private @Nullable MeteredStorage last;

		Metering(TargetFactory.Context context, long quota) {
			this.context = context;
			this.quota = quota;
		}

		MeteredStorage last() {
			MeteredStorage storage = last;
			if (storage == null) {
				throw new IllegalStateException("A repository was opened without its store");
			}
			return storage;
		}

		@Override
		public Storages storages() {
			return new Storages(List.of(new StorageFactory() {
				@Override
				public boolean accepts(String location) {
					return context.storages().accept(location);
				}

				@Override
				public Storage open(String location, StorageFactory.Context inner) throws IOException {
					MeteredStorage storage = new MeteredStorage(context.storages().open(location, inner), quota);
					last = storage;
					return storage;
				}
			}));
		}

		@Override
		public Path cache() throws IOException {
			return context.cache();
		}

		@Override
		public Map<String, String> environment() {
			return context.environment();
		}

		@Override
		public Map<String, String> settings() {
			return context.settings();
		}

		@Override
		public Optional<Secret> secret(String purpose) throws IOException {
			return context.secret(purpose);
		}

		@Override
		public boolean refused(String purpose) throws IOException {
			return context.refused(purpose);
		}

		@Override
		public void accepted(String purpose) throws IOException {
			context.accepted(purpose);
		}
	}
}
