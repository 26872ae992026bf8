// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Who and when of the invented content: people, words and moments, the same for the same seed. */
final class Cast {

	private static final List<String> FIRST = List.of("Amélie", "Jürgen", "Søren", "Zoë", "María", "Łukasz", "Aiko",
			"Priya", "Chidi", "Oksana", "Noah", "Emma", "Mateo", "Fatima", "Wei", "Ingrid", "Tomás", "Yara", "Ravi",
			"Linnea");
	private static final List<String> LAST = List.of("Müller", "García", "O’Brien", "Nguyễn", "Kowalski", "Yamada",
			"Okafor", "Åkesson", "Silva", "Novák", "Dubois", "Ivanova", "Smith", "Haddad", "Chen", "Larsen");
	private static final List<String> SENTENCES = List.of("See you at seven?", "Just landed ✈️", "Can you bring bread?",
			"Happy birthday! 🎂🎉", "Das war ein schöner Abend.", "写真を送ってくれてありがとう", "I love this one 😍",
			"On my way", "Did you see the news?", "Gleich da!", "Nos vemos mañana", "مرحبا، كيف حالك؟",
			"The keys are under the mat", "Call me when you can", "ok", "Thank you so much ❤️");

	private final Random random;
	private final Instant now;
	private final List<Person> people = new ArrayList<>();

	/** @param now the newest moment of the content; a fixed one keeps content repeatable */
	Cast(long seed, int people, Instant now) {
		this.random = new Random(seed);
		this.now = now;
		for (int i = 0; i < people; i++) {
			String first = FIRST.get(random.nextInt(FIRST.size()));
			String last = LAST.get(random.nextInt(LAST.size()));
			this.people.add(new Person(i + 1, first, last, "+49170%07d".formatted(5_550_000 + i),
					"person%d@example.org".formatted(i + 1)));
		}
	}

	List<Person> people() {
		return people;
	}

	Person anyone() {
		return people.get(random.nextInt(people.size()));
	}

	String sentence() {
		return SENTENCES.get(random.nextInt(SENTENCES.size()));
	}

	Instant now() {
		return now;
	}

	/** A moment within the given number of days before now, whole seconds. */
	Instant within(int days) {
		return now.minus(Duration.ofSeconds(random.nextInt(days * 86_400)));
	}

	int number(int bound) {
		return random.nextInt(bound);
	}

	byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	String uuid() {
		return new java.util.UUID(random.nextLong() & ~0xf000L | 0x4000L,
				random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L).toString()
				.toUpperCase(java.util.Locale.ROOT);
	}

	/** Seconds since 2001, as most of Apple's databases count. */
	static double cocoa(Instant instant) {
		return instant.getEpochSecond() - 978_307_200L;
	}

	/** Nanoseconds since 2001, as the message database counts since iOS 11. */
	static long cocoaNanos(Instant instant) {
		return (instant.getEpochSecond() - 978_307_200L) * 1_000_000_000L;
	}

	/** Somebody in the address book. */
	record Person(int id, String first, String last, String phone, String mail) {
		String full() {
			return first + ' ' + last;
		}
	}
}
