// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.PlaceSecrets.Answer;

/** Where the secrets of places come from, and what becomes of them; and the settings that places are opened with. */
class PlaceSecretsTest {

	private static final String PLACE = "store:one";
	private static final String PURPOSE = TargetFactory.REPOSITORY_PASSWORD;

	@TempDir
	Path home;
	private final List<Keepsake> opened = new ArrayList<>();

	@AfterEach
	void close() {
		opened.forEach(Keepsake::close);
	}

	/** Takes every location that begins with {@code store:}, and remembers what it was given. */
	private static final class Store implements TargetFactory {

		private @Nullable Context given;

		@Override
		public boolean accepts(String location) {
			return location.startsWith("store:");
		}

		@Override
		public @Nullable String defaultLocation() {
			return null;
		}

		@Override
		public List<Setting> settings(String location, Storages storages) {
			return List.of(line("quota"), line("limit.upload"), line("prune"),
					new Setting(PURPOSE, Setting.Topic.SERVER, new Setting.Form.Hidden(), "Password", ""));
		}

		private static Setting line(String key) {
			return new Setting(key, Setting.Topic.STORING, new Setting.Form.Line(""), key, "");
		}

		@Override
		public BackupTarget open(String location, Context context) throws IOException {
			if ("much".equals(context.settings().get("quota"))) {
				throw EngineProblems.TARGET_FAILED.exception(location, "How much?");
			}
			given = context;
			return new FakeTarget(location);
		}

		Context given() {
			return Objects.requireNonNull(given);
		}
	}

	private record Engine(Keepsake keepsake, Store store) {

		TargetFactory.Context at(String place) throws IOException {
			keepsake.targets().open(place).close();
			return store.given();
		}

		String secret(String place) throws IOException {
			return shown(at(place).secret(PURPOSE));
		}
	}

	private Engine engine(Map<String, String> environment) {
		Store store = new Store();
		Keepsake keepsake = new Keepsake(home, environment, List.of(), List.of(store));
		opened.add(keepsake);
		return new Engine(keepsake, store);
	}

	private static String shown(Optional<Secret> secret) {
		try (Secret found = secret.orElseGet(() -> Secret.of("none"))) {
			return new String(found.revealCharacters());
		}
	}

	private static Answer answer(String text, boolean remember) {
		return new Answer(Secret.of(text), remember);
	}

	@Test
	void aSecretThatWasGivenComesBeforeTheEnvironmentAndThatBeforeWhatIsRemembered() throws IOException {
		Engine first = engine(Map.of());
		first.keepsake().secrets().give(PLACE, PURPOSE, Secret.of("remembered"), true);
		TargetFactory.Context context = first.at(PLACE);
		context.secret(PURPOSE).orElseThrow().close();
		context.accepted(PURPOSE);

		assertEquals("remembered", engine(Map.of()).secret(PLACE));
		Engine with = engine(Map.of("KEEPSAKE_REPOSITORY_PASSWORD", "from the environment"));
		assertEquals("from the environment", with.secret(PLACE));
		with.keepsake().secrets().give(PLACE, PURPOSE, Secret.of("given"), false);
		assertEquals("given", with.secret(PLACE));
		assertEquals("from the environment", with.secret("store:two"), "given for one place only");
	}

	@Test
	void aFileOfTheEnvironmentGivesItsFirstLine() throws IOException {
		Path file = home.resolve("password.txt");
		Files.writeString(file, "first line\nsecond line\n", StandardCharsets.UTF_8);
		assertEquals("first line",
				engine(Map.of("KEEPSAKE_REPOSITORY_PASSWORD_FILE", file.toString())).secret(PLACE));
		Engine missing = engine(Map.of("KEEPSAKE_REPOSITORY_PASSWORD_FILE", home.resolve("none").toString()));
		Bench.problemOf("engine.secret-file", () -> missing.secret(PLACE));
		Files.writeString(file, "\nsecond line");
		Engine empty = engine(Map.of("KEEPSAKE_REPOSITORY_PASSWORD_FILE", file.toString()));
		Bench.problemOf("engine.secret-file", () -> empty.secret(PLACE));
	}

	@Test
	void otherPurposesHaveTheirOwnVariables() throws IOException {
		TargetFactory.Context context = engine(Map.of("KEEPSAKE_STORAGE_PASSWORD", "the server's")).at(PLACE);
		assertEquals("the server's", shown(context.secret("password")));
		assertEquals("none", shown(context.secret(PURPOSE)));
	}

	@Test
	void aPersonIsAskedOnceAndAgainOnlyIfTheAnswerWasWrong() throws IOException {
		Engine engine = engine(Map.of());
		List<String> asked = new ArrayList<>();
		engine.keepsake().secrets().askWith((place, purpose, again) -> {
			asked.add(place + ' ' + purpose + ' ' + again);
			return Optional.of(answer("answer " + asked.size(), false));
		});
		TargetFactory.Context context = engine.at(PLACE);
		assertEquals("answer 1", shown(context.secret(PURPOSE)));
		assertEquals("answer 1", shown(context.secret(PURPOSE)));
		assertTrue(context.refused(PURPOSE));
		assertEquals("answer 2", shown(context.secret(PURPOSE)));
		assertTrue(context.refused(PURPOSE));
		assertFalse(context.refused(PURPOSE), "a person gives up at last");
		assertEquals(List.of(PLACE + ' ' + PURPOSE + " false", PLACE + ' ' + PURPOSE + " true",
				PLACE + ' ' + PURPOSE + " true"), asked);
	}

	@Test
	void aWrongSecretOfTheEnvironmentIsNotAskedForAgain() throws IOException {
		Engine engine = engine(Map.of("KEEPSAKE_REPOSITORY_PASSWORD", "wrong"));
		engine.keepsake().secrets().askWith((place, purpose, again) -> {
			throw new AssertionError("asked");
		});
		TargetFactory.Context context = engine.at(PLACE);
		context.secret(PURPOSE).orElseThrow().close();
		assertFalse(context.refused(PURPOSE));
	}

	@Test
	void aSecretIsRememberedOnlyAfterItHasProvedRightAndCanBeForgotten() throws IOException {
		Engine engine = engine(Map.of());
		engine.keepsake().secrets().askWith((place, purpose, again) -> Optional.of(answer("right", true)));
		TargetFactory.Context context = engine.at(PLACE);
		assertEquals("right", shown(context.secret(PURPOSE)));
		assertEquals("none", engine(Map.of()).secret(PLACE), "not before it is accepted");
		context.accepted(PURPOSE);
		assertEquals("right", engine(Map.of()).secret(PLACE));
		assertNotOnDisk("right");

		engine.keepsake().secrets().forget(PLACE);
		assertEquals("none", engine(Map.of()).secret(PLACE));
	}

	private void assertNotOnDisk(String text) throws IOException {
		try (Stream<Path> files = Files.walk(home)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(text), file.toString());
			}
		}
	}

	@Test
	void whoeverListsAllPlacesIsNotAsked() throws IOException {
		Engine engine = engine(Map.of());
		engine.keepsake().targets().add("one", PLACE, false);
		engine.keepsake().targets().add("two", "store:two", false);
		engine.keepsake().secrets().askWith((place, purpose, again) -> {
			throw new AssertionError("asked");
		});
		assertEquals(List.of(), engine.keepsake().snapshots(null, null));
		assertEquals("none", shown(engine.store().given().secret(PURPOSE)));
	}

	@Test
	void settingsArePutAwayWithTheirTargetAndGivenToIt() throws IOException {
		Engine engine = engine(Map.of());
		engine.keepsake().targets().add("one", PLACE, Map.of("quota", "50G", "limit.upload", "1M"), false);
		assertEquals(Map.of("quota", "50G", "limit.upload", "1M"), engine.at("one").settings());
		assertEquals(Map.of("quota", "50G", "limit.upload", "1M"), engine.at(PLACE).settings(), "by its location too");
		Map<String, String> changes = new HashMap<>(Map.of("quota", "", "prune", "never"));
		assertEquals(Map.of("limit.upload", "1M", "prune", "never"),
				engine.keepsake().targets().configure("one", changes).settings());
		assertEquals(Map.of("limit.upload", "1M", "prune", "never"), engine(Map.of()).at("one").settings());
		Bench.problemOf("engine.setting-refused",
				() -> engine.keepsake().targets().configure("one", Map.of("no good", "x")));
		engine.keepsake().targets().remove("one");
		engine.keepsake().targets().add("one", PLACE, false);
		assertEquals(Map.of(), engine.at("one").settings());
	}

	@Test
	void aSettingThatItsKindDoesNotHaveOrUnderstandIsRefusedAndNothingIsChanged() throws IOException {
		Targets targets = engine(Map.of()).keepsake().targets();
		targets.add("one", PLACE, Map.of("quota", "50G"), false);
		Problem unknown = Bench.problemOf("engine.setting-unknown",
				() -> targets.configure("one", Map.of("qouta", "60G", "prune", "never")));
		assertTrue(unknown.cause().contains("quota, limit.upload, prune."), unknown.cause());
		Bench.problemOf("engine.setting-unknown", () -> targets.configure("one", Map.of(PURPOSE, "a secret")));
		Bench.problemOf("engine.target-failed",
				() -> targets.configure("one", Map.of("quota", "much", "prune", "never")));
		assertEquals(Map.of("quota", "50G"), targets.list().getLast().settings());
		Bench.problemOf("engine.setting-unknown", () -> targets.add("two", PLACE, Map.of("qouta", "1"), false));
		Bench.problemOf("engine.target-failed", () -> targets.add("two", PLACE, Map.of("quota", "much"), false));
		assertEquals(1, targets.list().size());
	}

	@Test
	void whatAnotherVersionHasSetCanStillBeTakenAway() throws IOException {
		Targets targets = engine(Map.of()).keepsake().targets();
		targets.add("one", PLACE, Map.of("quota", "50G"), false);
		Path file = home.resolve("targets.properties");
		Files.writeString(file, "setting.one/of.later=1\nsetting.one/other=2\n", StandardOpenOption.APPEND);
		assertEquals(Map.of("quota", "50G", "other", "2"), targets.configure("one", Map.of("of.later", "")).settings());
		assertEquals(Map.of("quota", "1G", "other", "2"), targets.configure("one", Map.of("quota", "1G")).settings());
	}

	@Test
	void settingsAreToldByNameAndByLocation() throws IOException {
		Targets targets = engine(Map.of()).keepsake().targets();
		targets.add("one", PLACE, false);
		assertEquals(List.of("quota", "limit.upload", "prune", PURPOSE),
				targets.settings("one").stream().map(Setting::key).toList());
		assertEquals(targets.settings("one"), targets.settings(PLACE));
	}

	@Test
	void whetherASecretIsRememberedCanBeAskedWithoutIt() throws IOException {
		Engine first = engine(Map.of());
		PlaceSecrets secrets = first.keepsake().secrets();
		secrets.give(PLACE, PURPOSE, Secret.of("sesame"), true);
		assertFalse(secrets.remembers(PLACE, PURPOSE), "it has not proved right");
		secrets.proved(PLACE);
		assertTrue(secrets.remembers(PLACE, PURPOSE));
		assertFalse(secrets.remembers(PLACE, "password"));
		secrets.forget(PLACE);
		assertFalse(secrets.remembers(PLACE, PURPOSE));
	}

	@Test
	void theCacheOfAPlaceIsItsOwnAndTellsNothingOfIt() throws IOException {
		Engine engine = engine(Map.of());
		Path one = engine.at(PLACE).cache();
		Path two = engine.at("store:two").cache();
		assertTrue(Files.isDirectory(one));
		assertFalse(one.equals(two));
		assertEquals(one, engine(Map.of()).at(PLACE).cache());
		assertFalse(one.toString().contains("one"));
	}
}
