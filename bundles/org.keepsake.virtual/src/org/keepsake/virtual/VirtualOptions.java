// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a virtual iPhone is set up the first time its state folder is used; afterwards the state folder rules, except for
 * what is given explicitly.
 *
 * @param state    folder that keeps the device across starts
 * @param udid     its identifier; null for one derived from the seed
 * @param name     its name; null for the profile's
 * @param ios      its system version; null for the newest known
 * @param profile  how much it holds
 * @param files    with {@code bytes}: generated payload besides the profile; 0 for none
 * @param bytes    bytes of that payload in all
 * @param seed     makes content and identity repeatable
 * @param passcode whether a passcode is set
 * @param trust    what happens at the trust dialog
 * @param blank    a device fresh from the setup assistant: no content besides what the system makes
 * @param fastKeys lower key derivation counts, for tests only; false for the real ones
 */
public record VirtualOptions(Path state, @Nullable String udid, @Nullable String name, @Nullable String ios,
		Profile profile, int files, long bytes, long seed, boolean passcode, Trust trust, boolean blank,
		boolean fastKeys) {

	/** How much a device holds. */
	public enum Profile {
		/** A handful of everything. */
		SMALL,
		/** A few years of a family's phone. */
		FAMILY,
		/** A phone that is nearly full. */
		HEAVY
	}

	/** What happens at the trust dialog. */
	public enum Trust {
		/** Somebody taps Trust after a moment. */
		AUTO,
		/** Somebody must answer through {@link VirtualIPhones#answerTrust}; until then it is pending. */
		ASK,
		/** Somebody taps Don't Trust. */
		DENY
	}

	/** A small, repeatable device with default answers. */
	public static VirtualOptions in(Path state) {
		return new VirtualOptions(state, null, null, null, Profile.SMALL, 0, 0, 1, false, Trust.AUTO, false, false);
	}

	/**
	 * Several devices like this one: each with a folder of its own below the state folder, named 1, 2, …, and a seed
	 * and so an identity of its own. Names get the number. For one device, this.
	 */
	public List<VirtualOptions> times(int count) {
		if (count == 1) {
			return List.of(this);
		}
		return IntStream.rangeClosed(1, count).mapToObj(this::copy).toList();
	}

	private VirtualOptions copy(int number) {
		return new VirtualOptions(state.resolve(Integer.toString(number)), null,
				name == null ? null : name + " " + number,
				ios, profile, files, bytes, seed + number - 1, passcode, trust, blank, fastKeys);
	}
}
