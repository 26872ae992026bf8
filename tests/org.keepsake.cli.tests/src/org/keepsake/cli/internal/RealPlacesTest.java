// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Extensions;
import org.keepsake.engine.Keepsake;

/** The real engine: names of targets, settings, remembered passwords; repositories in memory. */
class RealPlacesTest extends CommandTest {

	private static final String LOCATION = "restic:/volume/phones";

	/** The password that the stores' server wants. */
	private Optional<String> needed = Optional.empty();
	private final Map<String, MemoryStore> stores = new HashMap<>();

	private final class Stores implements StorageFactory {
		@Override
		public boolean accepts(String location) {
			return location.startsWith("restic:");
		}

		@Override
		public Storage open(String location, Context context) throws IOException {
			if (needed.isPresent()) {
				try (Secret told = context.secret("password").orElseGet(() -> Secret.of(""))) {
					if (!told.sameAs(Secret.of(needed.get()))) {
						throw StorageProblems.CREDENTIALS.exception(location);
					}
				}
			}
			return stores.computeIfAbsent(location, MemoryStore::new);
		}
	}

	private static final class Targets implements TargetFactory {
		@Override
		public boolean accepts(String location) {
			return true;
		}

		@Override
		public @Nullable String defaultLocation() {
			return null;
		}

		@Override
		public BackupTarget open(String location, Context context) {
			return (BackupTarget) Proxy.newProxyInstance(BackupTarget.class.getClassLoader(),
					new Class<?>[] { BackupTarget.class },
					(proxy, method, arguments) -> method.getName().equals("snapshots") ? List.of() : null);
		}
	}

	@Override
	int run(String... arguments) {
		return new KeepsakeCommand(new Cli("0.1.0", terminal, environment, variables -> new KeepsakeEngine(
				new Keepsake(home, variables, List.of(), List.of(new Targets()), new Extensions(List.of(), List.of(),
						List.of(), new Storages(List.of(new Stores())), context -> List.of()))),
				interrupts)).run(arguments);
	}

	private void assertDone(String... arguments) {
		assertEquals(0, run(arguments), terminal::errText);
	}

	private void assertNothingHolds(String secret) throws IOException {
		assertFalse(terminal.errText().contains(secret) || terminal.outText().contains(secret));
		try (Stream<Path> files = Files.walk(home)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String text = Files.readString(file, StandardCharsets.ISO_8859_1);
				assertFalse(text.contains(secret), () -> file + " holds the password");
			}
		}
		stores.values().forEach(store -> store.blobs.forEach((name, bytes) -> assertFalse(
				new String(bytes, StandardCharsets.ISO_8859_1).contains(secret), name)));
	}

	@Test
	void aTargetIsAddedOpenedByItsNameAndForgottenAgain() throws IOException {
		terminal.answering("open sesame", "open sesame");
		assertDone("targets", "add", "nas", LOCATION, "--init", "--remember", "--default");
		terminal.canAsk = false;
		assertDone("repo", "check", "nas");
		assertDone("repo", "keys", "list", LOCATION);
		assertDone("targets", "check", "nas", "--attack");
		assertTrue(terminal.outText().contains("a repository that opens with its password, with 0 snapshots"));
		assertNothingHolds("open sesame");
		assertDone("targets", "logout", "nas");
		assertEquals(1, run("repo", "check", "nas"));
		assertTrue(terminal.errText().contains("storage.secret-needed"), terminal.errText());
	}

	@Test
	void aTypedPasswordIsTriedThreeTimesAndRememberedOnlyIfRight() throws IOException {
		environment.put("KEEPSAKE_REPOSITORY_PASSWORD", "open sesame");
		assertDone("repo", "init", LOCATION);
		environment.remove("KEEPSAKE_REPOSITORY_PASSWORD");
		terminal.answering("a", "b", "c");
		assertEquals(1, run("repo", "check", LOCATION, "--remember"));
		assertEquals(3, terminal.questions.size());
		terminal.questions.clear();
		terminal.answering("open sesame");
		assertDone("repo", "check", LOCATION, "--remember");
		assertDone("repo", "check", LOCATION);
		assertEquals(1, terminal.questions.size());
		assertNothingHolds("open sesame");
	}

	@Test
	void aChangedPasswordIsRememberedInsteadOfTheOldOne() throws IOException {
		Path old = Files.writeString(home.resolve("old"), "open sesame\n");
		assertDone("repo", "init", LOCATION, "--repository-password-file", old.toString(), "--remember");
		Files.delete(old);
		environment.put("KEEPSAKE_NEW_REPOSITORY_PASSWORD", "shut the door");
		assertDone("repo", "keys", "change", LOCATION, "--remember");
		environment.clear();
		assertDone("repo", "check", LOCATION);
		assertNothingHolds("shut the door");
	}

	@Test
	void loginPutsTheRightPasswordAway() throws IOException {
		Path file = Files.writeString(home.resolve("password"), "open sesame\n");
		assertDone("repo", "init", LOCATION, "--repository-password-file", file.toString());
		Path wrong = Files.writeString(home.resolve("wrong"), "open sesam\n");
		assertEquals(1, run("targets", "login", LOCATION, "--secret-file", wrong.toString()));
		assertEquals(1, run("repo", "check", LOCATION));
		assertDone("targets", "login", LOCATION, "--secret-file", file.toString());
		assertDone("repo", "check", LOCATION);
	}

	@Test
	void aMistypedNameIsNoNewFolder() {
		assertEquals(1, run("repo", "check", "nsa"));
		assertTrue(terminal.errText().contains("engine.target-unknown"), terminal.errText());
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshots --target nsa", "data latest --target nsa", "search latest word --target nsa",
			"diff latest latest --target nsa", "targets check nsa" })
	void aMistypedNameIsNoPlaceWithoutBackups(String command) {
		assertEquals(1, run(command.split(" ")));
		assertTrue(terminal.errText().contains("engine.target-unknown"), terminal.errText());
	}

	@Test
	void whatTheEnvironmentSaysOfTheServerIsRememberedToo() throws IOException {
		environment.put("KEEPSAKE_REPOSITORY_PASSWORD", "open sesame");
		environment.put("KEEPSAKE_STORAGE_PASSWORD", "the server's");
		needed = Optional.of("the server's");
		assertDone("targets", "add", "nas", LOCATION, "--init", "--remember");
		environment.clear();
		assertDone("repo", "check", "nas");
		assertNothingHolds("the server's");
		assertDone("targets", "logout", "nas");
		environment.put("KEEPSAKE_REPOSITORY_PASSWORD", "open sesame");
		assertEquals(1, run("repo", "check", "nas"), "The server's password is forgotten again");
	}
}
