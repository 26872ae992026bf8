// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.people.internal.Texts;

/**
 * A call.
 *
 * @param key       unique
 * @param date      when it began; null if it is not known
 * @param kind      by what
 * @param app       the identifier of the app that made it, such as {@code com.apple.Telephony}; empty if not recorded
 * @param direction to or from the owner
 * @param missed    whether it came and nobody took it
 * @param duration  how long it was talked; zero if it was not
 * @param name      who was at the other end, by the address book or what the device noted; the address if not known
 * @param address   number or mail address; empty if it was withheld
 * @param others    everybody at the other end of a call of several, named as far as known; empty for a call of two
 * @param location  where the number is from, as the device noted; empty if not recorded
 * @param country   its country's code of two letters; empty if not recorded
 */
public record Call(String key, @Nullable Instant date, Kind kind, String app, Direction direction, boolean missed,
		Duration duration, String name, String address, List<String> others, String location, String country)
		implements
			DataRecord {

	/** By what a call was made. */
	public enum Kind {
		/** The telephone. */
		PHONE,
		/** FaceTime without picture. */
		FACETIME_AUDIO,
		/** FaceTime with picture. */
		FACETIME_VIDEO,
		/** An app of somebody else. */
		APP
	}

	/** Who called. */
	public enum Direction {
		/** Somebody called the owner. */
		INCOMING,
		/** The owner called. */
		OUTGOING
	}

	/** Copies the list. */
	public Call {
		others = List.copyOf(others);
	}

	@Override
	public String headline() {
		String what = missed ? "missed" : direction == Direction.OUTGOING ? "outgoing" : "incoming";
		String who = name.isBlank() ? Texts.text("call.withheld") : name;
		return Texts.text("call." + what, who.replaceAll("\\s+", " "), Texts.text("call." + kind),
				"%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart()));
	}

	@Override
	public String searchText() {
		return name + '\n' + address + '\n' + String.join("\n", others) + '\n' + location;
	}
}
