// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.SealedSecrets;

/** Where the secrets of places come from. Thread-safe. */
public final class KnownSecrets implements PlaceSecrets {

	private static final int ATTEMPTS = 3;
	private static final int MAX_FILE_BYTES = 1 << 16;

	private final Map<String, String> environment;
	private final SealedSecrets store;
	private final UnaryOperator<String> locate;
	private final Map<String, Given> given = new ConcurrentHashMap<>();
	/** One question at a time. */
	private final ReentrantLock asking = new ReentrantLock();
	private volatile @Nullable Asker asker;

	/** @param typed whether a person was asked for it, here or when the place was opened before */
	private record Given(Secret secret, boolean remember, boolean typed) {
	}

	/**
	 * Asks nobody yet.
	 *
	 * @param locate the location of a place that is named or located; throws {@link UncheckedIOException}
	 */
	public KnownSecrets(Map<String, String> environment, SealedSecrets store, UnaryOperator<String> locate) {
		this.environment = Map.copyOf(environment);
		this.store = store;
		this.locate = locate;
	}

	@Override
	public void give(String place, String purpose, Secret secret, boolean remember) throws IOException {
		put(key(location(place), purpose), new Given(secret.copy(), remember, false));
	}

	@Override
	public void forget(String place) throws IOException {
		String prefix = key(location(place), "");
		given.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(key -> put(key, null));
		store.forgetAll(prefix);
	}

	@Override
	public void proved(String place) throws IOException {
		String prefix = key(location(place), "");
		for (String key : List.copyOf(given.keySet())) {
			if (key.startsWith(prefix)) {
				remember(key);
			}
		}
	}

	@Override
	public boolean remembers(String place, String purpose) throws IOException {
		Optional<Secret> found = store.find(key(location(place), purpose));
		found.ifPresent(Secret::close);
		return found.isPresent();
	}

	private void remember(String key) throws IOException {
		Given known = given.get(key);
		if (known != null && known.remember()) {
			store.remember(key, known.secret());
		}
	}

	@Override
	public void askWith(@Nullable Asker who) {
		asker = who;
	}

	/** For the opening of one place. */
	Session session(String location, boolean mayAsk) {
		return new Session(location, mayAsk);
	}

	private String location(String place) throws IOException {
		try {
			return locate.apply(place);
		} catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	private void put(String key, @Nullable Given secret) {
		Given before = secret == null ? given.remove(key) : given.put(key, secret);
		if (before != null) {
			before.secret().close();
		}
	}

	private static String key(String location, String purpose) {
		return "place/" + Places.id(location) + '/' + purpose;
	}

	private Optional<Secret> fromEnvironment(String purpose) throws IOException {
		String name = purpose.equals(TargetFactory.REPOSITORY_PASSWORD) ? "KEEPSAKE_REPOSITORY_PASSWORD"
				: "KEEPSAKE_STORAGE_" + purpose.toUpperCase(Locale.ROOT).replace('-', '_');
		String value = environment.getOrDefault(name, "");
		if (!value.isEmpty()) {
			return Optional.of(Secret.of(value));
		}
		String file = environment.getOrDefault(name + "_FILE", "");
		return file.isEmpty() ? Optional.empty() : Optional.of(firstLine(file));
	}

	private static Secret firstLine(String file) throws IOException {
		try {
			Path path = Path.of(file);
			if (Files.size(path) > MAX_FILE_BYTES) {
				throw EngineProblems.SECRET_FILE.exception(file, "");
			}
			try (Stream<String> lines = Files.lines(path)) {
				return Secret.of(lines.findFirst().filter(line -> !line.isEmpty())
						.orElseThrow(() -> new UncheckedIOException(EngineProblems.SECRET_FILE.exception(file, ""))));
			}
		} catch (UncheckedIOException e) {
			throw e.getCause();
		} catch (InvalidPathException e) {
			throw EngineProblems.SECRET_FILE.exceptionBecause(e, file, "");
		} catch (IOException e) {
			throw EngineProblems.SECRET_FILE.exceptionBecause(e, file, Failures.sentence(e));
		}
	}

	/** The secrets of one place while it is opened. Thread-safe. */
	final class Session {

		private final String location;
		private final boolean mayAsk;
		private final Map<String, Integer> asked = new HashMap<>();
		private final Map<String, Source> sources = new HashMap<>();

		Session(String location, boolean mayAsk) {
			this.location = location;
			this.mayAsk = mayAsk;
		}

		private enum Source {
			GIVEN, ENVIRONMENT, REMEMBERED
		}

		synchronized Optional<Secret> find(String purpose, boolean asking) throws IOException {
			String key = key(location, purpose);
			Given known = given.get(key);
			if (known != null) {
				sources.put(purpose, Source.GIVEN);
				return Optional.of(known.secret().copy());
			}
			Optional<Secret> found = fromEnvironment(purpose);
			if (found.isPresent()) {
				sources.put(purpose, Source.ENVIRONMENT);
				return found;
			}
			found = store.find(key);
			if (found.isPresent()) {
				sources.put(purpose, Source.REMEMBERED);
				return found;
			}
			return asking && ask(purpose, false) ? find(purpose, false) : Optional.empty();
		}

		synchronized boolean refused(String purpose) throws IOException {
			if (purpose.equals(StorageFactory.EVERY_SECRET)) {
				boolean others = false;
				for (String each : List.copyOf(sources.keySet())) {
					others |= !each.equals(TargetFactory.REPOSITORY_PASSWORD) && refused(each);
				}
				return others;
			}
			Source source = sources.get(purpose);
			if (source == null || source == Source.ENVIRONMENT) {
				return false;
			}
			boolean typed = source == Source.REMEMBERED;
			if (source == Source.GIVEN) {
				// Whoever gave it: nobody shall be refused for it once more without being asked.
				Given wrong = given.get(key(location, purpose));
				typed = wrong != null && wrong.typed();
				put(key(location, purpose), null);
			}
			return typed && ask(purpose, true);
		}

		/** What opened a repository has come past its store's door as well. */
		synchronized void accepted(String purpose) throws IOException {
			if (purpose.equals(TargetFactory.REPOSITORY_PASSWORD)) {
				proved(location);
			} else {
				remember(key(location, purpose));
			}
		}

		private boolean ask(String purpose, boolean again) throws IOException {
			Asker who = asker;
			int before = asked.getOrDefault(purpose, 0);
			if (!mayAsk || who == null || before >= ATTEMPTS) {
				return false;
			}
			asking.lock();
			try {
				Optional<Answer> answer = who.ask(location, purpose, again);
				if (answer.isEmpty()) {
					return false;
				}
				asked.put(purpose, before + 1);
				put(key(location, purpose), new Given(answer.get().secret(), answer.get().remember(), true));
				return true;
			} finally {
				asking.unlock();
			}
		}
	}
}
