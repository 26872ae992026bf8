// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.util.function.BooleanSupplier;

import org.keepsake.core.Problem;
import org.keepsake.engine.internal.Timing;

/**
 * Decides after a failed attempt of one backup how it goes on. Whatever it decides, kept versions stay untouched: an
 * attempt only ever works in a working tree. Used by one thread.
 */
final class Retries {

	private final Timing timing;
	private final BooleanSupplier roomNow;
	private int resumesInAll;
	private int resumesWithoutProgress;
	private boolean triedNewest;
	private boolean triedFull;
	private boolean triedAgain;

	/** @param roomNow whether the target has now what the backup may need */
	Retries(Timing timing, BooleanSupplier roomNow) {
		this.timing = timing;
		this.roomNow = roomNow;
	}

	/** How a backup goes on after a failure. */
	enum Decision {
		/** Wait for the device, and let it go on in the same tree. */
		RESUME(false),
		/** At once again in the same tree. */
		AGAIN(false),
		/** Drop the tree, and begin from the newest kept version. */
		FROM_NEWEST(true),
		/** Drop the tree, and make a full backup in an empty one. */
		IN_FULL(true),
		/** Give up, and keep the tree so that the next backup resumes. */
		GIVE_UP(false),
		/** Give up, and drop the tree because it would spoil the next backup too. */
		GIVE_UP_AND_DROP(true);

		private final boolean dropsTree;

		Decision(boolean dropsTree) {
			this.dropsTree = dropsTree;
		}

		boolean dropsTree() {
			return dropsTree;
		}

		boolean givesUp() {
			return this == GIVE_UP || this == GIVE_UP_AND_DROP;
		}
	}

	/**
	 * The decision.
	 *
	 * @param problem   what the attempt ended with
	 * @param continued whether the attempt's tree held something of an earlier run or version
	 * @param received  bytes the attempt received
	 */
	Decision after(Problem problem, boolean continued, long received) {
		return switch (DeviceFault.of(problem)) {
			case CONNECTION -> resume(received);
			case STALE -> restart(continued);
			case PASSING -> once();
			case ROOM -> roomNow.getAsBoolean() ? once() : Decision.GIVE_UP;
			case FINAL -> Decision.GIVE_UP;
		};
	}

	private Decision resume(long received) {
		resumesWithoutProgress = received >= timing.progressBytes() ? 1 : resumesWithoutProgress + 1;
		resumesInAll++;
		boolean enough = resumesWithoutProgress > timing.resumes() || resumesInAll > timing.resumesInAll();
		return enough ? Decision.GIVE_UP : Decision.RESUME;
	}

	private Decision restart(boolean continued) {
		if (!continued || triedFull) {
			return Decision.GIVE_UP_AND_DROP;
		}
		if (!triedNewest) {
			triedNewest = true;
			return Decision.FROM_NEWEST;
		}
		triedFull = true;
		return Decision.IN_FULL;
	}

	private Decision once() {
		if (triedAgain) {
			return Decision.GIVE_UP;
		}
		triedAgain = true;
		return Decision.AGAIN;
	}
}
