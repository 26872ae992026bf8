// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Capacity;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.Targets.Entry;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.ui.internal.model.Model;
import org.keepsake.ui.internal.model.UiProblems;

/** The configured places, their room, and the one where the next backup goes. Thread-safe. */
public final class PlacesModel extends Model {

	private final Keepsake keepsake;
	private final Map<String, Room> rooms = new ConcurrentHashMap<>();
	private final AtomicInteger measuring = new AtomicInteger();
	private volatile List<Entry> entries = List.of();
	private volatile @Nullable Problem problem;
	private volatile @Nullable String chosen;

	private record Room(@Nullable Capacity capacity, @Nullable Problem problem) {
	}

	/** Knows the places at once, their room when it is asked for. */
	public PlacesModel(Keepsake keepsake) {
		this.keepsake = keepsake;
		reload();
	}

	/** Reads anew which places there are: a small file of this computer. */
	public void reload() {
		try {
			entries = List.copyOf(keepsake.targets().list());
			problem = null;
		} catch (IOException e) {
			problem = UiProblems.of(e);
		}
		changed();
	}

	/** The places. */
	public List<PlaceItem> places() {
		return entries.stream().map(this::item).toList();
	}

	private PlaceItem item(Entry entry) {
		Room room = rooms.getOrDefault(entry.location(), new Room(null, null));
		return new PlaceItem(entry, room.capacity(), room.problem());
	}

	/** Why they cannot be listed; null if they can. */
	public @Nullable Problem problem() {
		return problem;
	}

	/** Where the next backup goes: what was chosen, else the default. Empty if there is no place at all. */
	public Optional<PlaceItem> chosen() {
		String name = chosen;
		List<PlaceItem> all = places();
		return all.stream().filter(place -> place.name().equals(name)).findFirst()
				.or(() -> all.stream().filter(PlaceItem::isDefault).findFirst());
	}

	/** Chooses where the next backups go, until the window is closed. */
	public void choose(String name) {
		chosen = name;
		changed();
	}

	/** Asks every place for its room, in the background and without asking anybody for a password. */
	public void measure() {
		for (Entry entry : entries) {
			measureBeside(entry);
		}
	}

	/** Whether a place was asked for its room and has not answered yet. */
	public boolean isMeasuring() {
		return measuring.get() > 0;
	}

	private void measureBeside(Entry entry) {
		measuring.incrementAndGet();
		Thread.ofVirtual().name("room of a place").start(() -> {
			try {
				measure(entry);
			} finally {
				measuring.decrementAndGet();
			}
		});
	}

	private void measure(Entry entry) {
		Room room;
		try {
			room = new Room(Quietly.run(() -> {
				try (BackupTarget target = keepsake.targets().open(entry.name())) {
					return target.capacity();
				}
			}), null);
		} catch (IOException | RuntimeException e) {
			room = new Room(null, UiProblems.of(e));
		}
		rooms.put(entry.location(), room);
		changed();
	}

	/**
	 * Adds a place, and makes or opens the repository there. One that cannot be made or opened is not added.
	 *
	 * @param password of the repository; null for a folder. Stays the caller's
	 * @param remember whether to remember the password on this computer
	 * @param monitor  cancelled by a person who has changed their mind: then it is not added
	 */
	public void add(PlaceForm.Wanted wanted, @Nullable Secret password, boolean remember, JobMonitor monitor)
			throws IOException {
		List<Entry> before = entries;
		Entry entry = keepsake.targets().add(wanted.name(), wanted.location(), wanted.settings(), wanted.makeDefault());
		boolean first = before.stream().noneMatch(other -> other.location().equals(entry.location()));
		boolean done = false;
		try {
			if (wanted.kind().isRepository() && password != null) {
				keepsake.secrets().give(entry.name(), TargetFactory.REPOSITORY_PASSWORD, password, remember);
				prepare(entry.name(), wanted.making());
			}
			monitor.throwIfCancelled();
			done = true;
		} finally {
			if (!done) {
				takeBack(entry, first);
			}
			reload();
		}
		if (wanted.makeDefault()) {
			chosen = null;
		}
		measureBeside(entry);
	}

	private void prepare(String name, boolean make) throws IOException {
		if (!make) {
			keepsake.repositories().open(name).close();
			return;
		}
		try (Storage storage = keepsake.repositories().storage(name)) {
			if (storage.size("config").isPresent()) {
				throw RepositoryProblems.EXISTS.exception(storage.location());
			}
		}
		keepsake.repositories().init(name, InitOptions.DEFAULT).close();
	}

	private void takeBack(Entry entry, boolean forget) {
		try {
			if (forget) {
				keepsake.secrets().forget(entry.name());
			}
			keepsake.targets().remove(entry.name());
		} catch (IOException e) {
			UiProblems.of(e); // the person is told why it was taken back
		}
	}

	/** From now on backups go there if nothing else is chosen. */
	public void makeDefault(PlaceItem place) throws IOException {
		keepsake.targets().makeDefault(place.name());
		chosen = null;
		reload();
	}

	/** What can be set for a place, what is set, and which of its secrets are remembered. */
	public SettingsForm settings(PlaceItem place) throws IOException {
		List<Setting> settings = keepsake.targets().settings(place.name());
		Set<String> remembered = new TreeSet<>();
		for (Setting setting : settings) {
			if (setting.isHidden() && keepsake.secrets().remembers(place.name(), setting.key())) {
				remembered.add(setting.key());
			}
		}
		return new SettingsForm(place, settings, remembered);
	}

	/**
	 * Changes settings and secrets of a place, all or none. A secret is tried at once, and remembered on this computer if it
	 * is right.
	 *
	 * @param changes an empty value takes a setting away
	 * @param secrets by their purposes; they stay the caller's
	 */
	public void configure(PlaceItem place, Map<String, String> changes, Map<String, Secret> secrets)
			throws IOException {
		if (!changes.isEmpty()) {
			keepsake.targets().configure(place.name(), changes);
		}
		boolean done = false;
		try {
			for (Map.Entry<String, Secret> each : secrets.entrySet()) {
				keepsake.secrets().give(place.name(), each.getKey(), each.getValue(), true);
			}
			if (!secrets.isEmpty()) {
				tryOut(place.name(), secrets.containsKey(TargetFactory.REPOSITORY_PASSWORD));
				keepsake.secrets().proved(place.name());
			}
			done = true;
		} finally {
			if (!done && !changes.isEmpty()) {
				undo(place, changes.keySet());
			}
			reload();
		}
		measureBeside(place.entry());
	}

	private void tryOut(String name, boolean repository) throws IOException {
		if (repository) {
			keepsake.repositories().open(name).close();
			return;
		}
		try (Storage storage = keepsake.repositories().storage(name)) {
			storage.size("config");
		}
	}

	private void undo(PlaceItem place, Set<String> keys) {
		Map<String, String> before = new TreeMap<>();
		keys.forEach(key -> before.put(key, place.entry().settings().getOrDefault(key, "")));
		try {
			keepsake.targets().configure(place.name(), before);
		} catch (IOException e) {
			UiProblems.of(e); // the person is told why it was taken back
		}
	}

	/** Forgets all secrets of a place that are remembered on this computer. */
	public void forgetSecrets(PlaceItem place) throws IOException {
		keepsake.secrets().forget(place.name());
		reload();
	}

	/** Forgets a place; its backups stay where they are. */
	public void remove(PlaceItem place) throws IOException {
		keepsake.targets().remove(place.name());
		reload();
	}

	/**
	 * Proves that backups can be kept there. What was typed earlier and proves wrong now is forgotten and asked for anew.
	 *
	 * @return sentences for a person
	 */
	public List<String> check(PlaceItem place) throws IOException {
		try {
			return checkOnce(place);
		} catch (ProblemException e) {
			if (!e.is(RepositoryProblems.WRONG_PASSWORD)) {
				throw e;
			}
			keepsake.secrets().forget(place.name());
			return checkOnce(place);
		} finally {
			measure(place.entry());
		}
	}

	private List<String> checkOnce(PlaceItem place) throws IOException {
		try (BackupTarget target = keepsake.targets().open(place.name())) {
			return target.check();
		}
	}

	/** What is stored there. May read lists of all files. */
	public PlaceUse use(PlaceItem place, JobMonitor monitor) throws IOException {
		try (BackupTarget target = keepsake.targets().open(place.name())) {
			return PlaceUse.of(place, target, monitor);
		}
	}
}
