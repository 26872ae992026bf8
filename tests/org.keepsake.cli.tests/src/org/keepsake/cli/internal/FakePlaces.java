// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.engine.Repositories;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.StoreTrial;

/** Real repositories in memory, by the names of their places, and the secrets that open them. */
public final class FakePlaces implements Repositories, PlaceSecrets {

	/** A place is a repository's if it is here, or begins with {@code restic:}. */
	public final Map<String, MemoryStore> stores = new HashMap<>();
	/** What was handed over, by place and purpose. */
	public final Map<String, String> given = new HashMap<>();
	/** What is remembered, by place and purpose. */
	public final Map<String, String> remembered = new HashMap<>();
	/** What the environment says. */
	public @Nullable String environmentPassword;
	/** What trying a store shows. */
	public @Nullable StoreTrial trial;
	/** How stores were tried. */
	public final List<String> tried = new ArrayList<>();
	private final List<String> toRemember = new ArrayList<>();
	private @Nullable Asker asker;

	/** A store at the place, made if it is missing. */
	public MemoryStore store(String place) {
		return stores.computeIfAbsent(place, any -> new MemoryStore("memory:" + place));
	}

	/** A repository at the place, with this password. */
	public Repository make(String place, String password) throws IOException {
		try (Secret secret = Secret.of(password)) {
			return Repository.init(store(place), secret, new InitOptions(2, new KeyCost(2, 8, 1), null));
		}
	}

	private static String key(String place, String purpose) {
		return place + ' ' + purpose;
	}

	@Override
	public boolean canBeAt(String place) {
		return place.startsWith("restic:") || stores.containsKey(place);
	}

	@Override
	public Repository open(String place) throws IOException {
		String key = key(place, TargetFactory.REPOSITORY_PASSWORD);
		for (boolean again = false;; again = true) {
			String known = given.getOrDefault(key,
					environmentPassword != null ? environmentPassword : remembered.getOrDefault(key, ""));
			Optional<Answer> answer = Optional.empty();
			if (known.isEmpty() || again) {
				Asker who = asker;
				answer = who == null ? Optional.empty() : who.ask(place, TargetFactory.REPOSITORY_PASSWORD, again);
				if (answer.isEmpty()) {
					throw StorageProblems.SECRET_NEEDED.exception(place, TargetFactory.REPOSITORY_PASSWORD);
				}
				known = String.valueOf(answer.get().secret().revealCharacters());
			}
			try (Secret secret = Secret.of(known)) {
				Repository open = Repository.open(store(place), secret);
				if (answer.isPresent()) {
					given.put(key, known);
				}
				if (toRemember.contains(key) || answer.isPresent() && answer.get().remember()) {
					remembered.put(key, known);
				}
				return open;
			} catch (ProblemException e) {
				if (!e.is(RepositoryProblems.WRONG_PASSWORD) || given.containsKey(key)) {
					throw e;
				}
			}
		}
	}

	@Override
	public Repository init(String place, InitOptions options) throws IOException {
		String password = given.getOrDefault(key(place, TargetFactory.REPOSITORY_PASSWORD), "");
		try (Secret secret = Secret.of(password)) {
			return Repository.init(store(place), secret,
					new InitOptions(options.version(), new KeyCost(2, 8, 1), options.polynomial()));
		}
	}

	@Override
	public Storage storage(String place) {
		return store(place);
	}

	@Override
	public StoreTrial tryOut(String place, boolean attack, JobMonitor monitor) throws IOException {
		tried.add(place + (attack ? " attack" : ""));
		StoreTrial known = trial;
		if (known == null) {
			throw StorageProblems.UNREACHABLE.exception(place);
		}
		return known;
	}

	@Override
	public void give(String place, String purpose, Secret secret, boolean remember) {
		String key = key(place, purpose);
		given.put(key, String.valueOf(secret.revealCharacters()));
		if (remember) {
			toRemember.add(key);
		}
	}

	@Override
	public boolean remembers(String place, String purpose) {
		return remembered.containsKey(key(place, purpose));
	}

	@Override
	public void forget(String place) {
		remembered.keySet().removeIf(key -> key.startsWith(place + ' '));
		given.keySet().removeIf(key -> key.startsWith(place + ' '));
	}

	@Override
	public void proved(String place) {
		for (String key : toRemember) {
			if (key.startsWith(place + ' ') && given.containsKey(key)) {
				remembered.put(key, given.getOrDefault(key, ""));
			}
		}
	}

	@Override
	public void askWith(@Nullable Asker who) {
		asker = who;
	}
}
