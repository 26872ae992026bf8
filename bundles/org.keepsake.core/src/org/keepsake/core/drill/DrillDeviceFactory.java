// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.drill;

import java.io.IOException;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.IosVersion;

/**
 * Makes devices to rehearse restores on; the class named in an extension to {@code org.keepsake.core.drills}. Has a
 * public constructor without parameters and no state.
 */
public interface DrillDeviceFactory {

	/**
	 * Starts a blank device and attaches it, reachable from this computer only. Returns once it can be found.
	 *
	 * @param wish what the device must be able to take
	 * @throws IOException a problem if it cannot be started
	 */
	DrillDevice start(Wish wish) throws IOException;

	/**
	 * What the device must be able to take.
	 *
	 * @param folder        existing, empty and private; all that the device keeps lies in it
	 * @param ios           the system of the backup, which the device's must not be older than; null if unknown
	 * @param capacityBytes room for this much
	 */
	record Wish(Path folder, @Nullable IosVersion ios, long capacityBytes) {
	}
}
