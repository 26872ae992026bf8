// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** Passwords show nothing and are wiped. */
class SecretTest {

	@Test
	void showsNothingOfItself() {
		try (Secret secret = Secret.of("hunter2")) {
			assertEquals("Secret", secret.toString());
			assertFalse(("" + secret).contains("hunter"));
		}
	}

	@Test
	void givesItsCharactersAndBytes() {
		try (Secret secret = new Secret("p\u00e4ss\ud83d\ude00".toCharArray())) {
			assertArrayEquals("p\u00e4ss\ud83d\ude00".toCharArray(), secret.revealCharacters());
			assertArrayEquals("p\u00e4ss\ud83d\ude00".getBytes(StandardCharsets.UTF_8), secret.revealUtf8());
		}
	}

	@Test
	void doesNotShareItsArray() {
		char[] given = "abc".toCharArray();
		try (Secret secret = new Secret(given)) {
			given[0] = 'x';
			secret.revealCharacters()[1] = 'x';
			assertArrayEquals("abc".toCharArray(), secret.revealCharacters());
		}
	}

	@Test
	void isWipedWhenClosedAndItsCopyIsNot() {
		Secret secret = Secret.of("abc");
		try (Secret copy = secret.copy()) {
			secret.close();
			assertArrayEquals(new char[3], secret.revealCharacters());
			assertArrayEquals("abc".toCharArray(), copy.revealCharacters());
			assertFalse(copy.sameAs(secret));
		}
	}

	@Test
	void comparesByContent() {
		try (Secret one = Secret.of("abc"); Secret same = Secret.of("abc"); Secret other = Secret.of("abd");
				Secret empty = Secret.of("")) {
			assertTrue(one.sameAs(same));
			assertFalse(one.sameAs(other));
			assertTrue(empty.isEmpty());
			assertFalse(one.isEmpty());
		}
	}
}
