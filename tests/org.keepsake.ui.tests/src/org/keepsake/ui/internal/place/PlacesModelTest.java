// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Stand;
import org.keepsake.ui.internal.place.PlaceForm.Wanted;
import org.keepsake.virtual.VirtualOptions.Trust;

/** The places in the window, with the real engine and repositories in memory. */
class PlacesModelTest {

	private static final String LOCATION = "restic:/vault";

	@TempDir
	Path folder;
	private Stand stand;

	@BeforeEach
	void open() throws Exception {
		stand = new Stand(folder, Trust.ASK);
	}

	@AfterEach
	void close() {
		stand.close();
	}

	private void add(String name, String password, boolean make, JobMonitor monitor) throws IOException {
		try (Secret secret = Secret.of(password)) {
			stand.places.add(new Wanted(name, PlaceKind.REPOSITORY, LOCATION, Map.of("quota", "50GB"), false, make),
					secret,
					false, monitor);
		}
	}

	private PlaceItem place(String name) {
		return stand.places.places().stream().filter(place -> place.name().equals(name)).findFirst().orElseThrow();
	}

	private List<String> names() {
		return stand.places.places().stream().map(PlaceItem::name).toList();
	}

	@Test
	void madeRepositoryIsListedWithItsRoom() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		assertTrue(stand.vaults.memory.content(place("vault").entry().location()).containsKey("config"));
		assertEquals(PlaceKind.REPOSITORY, place("vault").kind());
		Stand.await("its room is known", () -> place("vault").room() != null);
		assertEquals(Messages.place_room_quota.formatted("5 GB", "50 GB"), place("vault").roomText());
		assertEquals("shelf", stand.places.chosen().orElseThrow().name(), "the default stays what it was");
	}

	@Test
	void wrongPasswordOfARepositoryThatIsThereAddsNothing() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		stand.places.remove(place("vault"));
		assertTrue(assertThrows(ProblemException.class, () -> add("again", "secreT", false, JobMonitor.NONE))
				.is(RepositoryProblems.WRONG_PASSWORD));
		assertEquals(List.of("shelf"), names());
		assertTrue(assertThrows(ProblemException.class, () -> add("again", "secret", true, JobMonitor.NONE))
				.is(RepositoryProblems.EXISTS));
		assertEquals(List.of("shelf"), names());
		add("again", "secret", false, JobMonitor.NONE);
		assertEquals(List.of("again", "shelf"), names());
	}

	@Test
	void whoChangedTheirMindHasNothingAdded() {
		JobControl control = new JobControl(event -> {
		});
		control.cancel();
		assertThrows(CancelledException.class, () -> add("vault", "secret", true, control));
		assertEquals(List.of("shelf"), names());
	}

	@Test
	void nobodyIsAskedForARoomButForACheckTheyAre() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		stand.keepsake.secrets().forget("vault");
		AtomicInteger asked = new AtomicInteger();
		stand.keepsake.secrets().askWith((place, purpose, again) -> {
			if (Quietly.now()) {
				return Optional.empty();
			}
			String password = asked.incrementAndGet() == 1 ? "wrong" : "secret";
			assertEquals(password.equals("secret"), again);
			return Optional.of(new PlaceSecrets.Answer(Secret.of(password), false));
		});
		PlacesModel fresh = new PlacesModel(stand.keepsake);
		fresh.measure();
		Stand.await("it is said why there is no room",
				() -> fresh.places().stream().anyMatch(place -> place.problem() != null));
		assertEquals(0, asked.get());
		assertTrue(fresh.places().stream().anyMatch(place -> place.roomText().equals(Messages.place_room_locked)));
		PlaceItem vault = fresh.places().stream().filter(place -> place.problem() != null).findFirst().orElseThrow();
		assertEquals(List.of("A small file was written and read."), fresh.check(vault));
		assertEquals(2, asked.get());
		Stand.await("all have told their room", () -> !fresh.isMeasuring());
		assertNotNull(fresh.places().stream().filter(place -> place.name().equals("vault")).findFirst().orElseThrow()
				.room());
	}

	@Test
	void wrongPasswordThatWasTypedBeforeIsAskedForAgain() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		try (Secret wrong = Secret.of("wrong")) {
			stand.keepsake.secrets().give("vault", TargetFactory.REPOSITORY_PASSWORD, wrong, false);
		}
		assertTrue(assertThrows(ProblemException.class, () -> stand.places.check(place("vault")))
				.is(StorageProblems.SECRET_NEEDED), "nobody is there to be asked");
		assertEquals(Messages.place_room_locked, place("vault").roomText());
		stand.keepsake.secrets().askWith((place, purpose, again) -> Quietly.now() ? Optional.empty()
				: Optional.of(new PlaceSecrets.Answer(Secret.of("secret"), false)));
		assertEquals(1, stand.places.check(place("vault")).size());
	}

	@Test
	void backupsGoToTheDefaultUntilAnotherIsChosen() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		AtomicInteger changes = new AtomicInteger();
		try (var _ = stand.places.onChange(changes::incrementAndGet)) {
			stand.places.choose("vault");
			assertEquals("vault", stand.places.chosen().orElseThrow().name());
			assertTrue(changes.get() > 0);
		}
		stand.places.makeDefault(place("shelf"));
		assertEquals("shelf", stand.places.chosen().orElseThrow().name());
		stand.places.makeDefault(place("vault"));
		assertTrue(place("vault").isDefault());
		assertEquals("vault", stand.keepsake.targets().defaultTarget().name());
		stand.places.remove(place("vault"));
		assertEquals(List.of("shelf"), names());
		assertTrue(stand.vaults.memory.content(LOCATION).containsKey("config"), "what is there stays");
	}

	@Test
	void useListsEachDevicesVersionsAndWhatTheyWouldFree() throws Exception {
		add("vault", "secret", true, JobMonitor.NONE);
		stand.vaults.snapshots.addAll(List.of(version(3, "Zoë", 30), version(2, "Ada", 20), version(1, "Zoë", 10)));
		PlaceUse use = stand.places.use(place("vault"), JobMonitor.NONE);
		assertEquals(List.of("Ada 20000000", "Zoë 30000000", "Zoë 10000000"), use.versions().stream()
				.map(each -> each.backup().snapshot().summary().deviceName() + " " + each.freedBytes()).toList());
		assertEquals("vault", use.versions().getFirst().backup().target());
		assertEquals(Messages.storage_stored_of.formatted("45 GB", "50 GB"), use.summary());
		assertEquals(new PlaceUse(List.of(), ""), stand.places.use(place("shelf"), JobMonitor.NONE),
				"of folders nobody can tell");
	}

	/** A version of this day. */
	static Snapshot version(int day, String device, int files) {
		BackupSummary summary = new BackupSummary(new Udid("device-" + device.length()), device, "iPhone15,2", null,
				Instant.ofEpochSecond(day * 86_400L), 1_000_000, files, true, true);
		return new Snapshot(new SnapshotId("%016x".formatted(Integer.valueOf(day))), summary, "/" + day, false);
	}
}
