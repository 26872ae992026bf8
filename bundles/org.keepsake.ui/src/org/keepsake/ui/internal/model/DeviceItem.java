// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;

/**
 * A device in the window.
 *
 * @param udid     which
 * @param details  what it says; null until it was asked, or if it could not be
 * @param problem  why it could not be asked; null if it could
 * @param attached whether it can be reached now
 */
public record DeviceItem(Udid udid, @Nullable DeviceDetails details, @Nullable Problem problem, boolean attached) {

	/** Its name, or the beginning of its identifier until it is known. */
	public String title() {
		DeviceDetails known = details;
		return known == null || known.name().isBlank() ? udid.toString() : Human.printable(known.name());
	}

	/** Its model and system in one line; empty until known. */
	public String subtitle() {
		DeviceDetails known = details;
		if (known == null) {
			return "";
		}
		String ios = known.iosVersion() == null ? "" : " · iOS " + known.iosVersion();
		return known.model() + ios;
	}

	/** Whether the device trusts this computer. */
	public boolean isPaired() {
		DeviceDetails known = details;
		return known != null && known.paired();
	}

	/** Whether it is known not to trust this computer. */
	public boolean needsPairing() {
		DeviceDetails known = details;
		return known != null && !known.paired();
	}

	/** Whether its backups are encrypted; false where unknown. */
	public boolean isEncrypted() {
		DeviceDetails known = details;
		return known != null && Boolean.TRUE.equals(known.encryption());
	}
}
