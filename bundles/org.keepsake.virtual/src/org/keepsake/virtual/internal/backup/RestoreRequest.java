// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the host asked of a restore, with Apple's defaults for what it did not say.
 *
 * @param systemFiles        restore domains of the system too
 * @param reboot             restart when done
 * @param dontCopy           make no safety copy of the backup on the host first
 * @param preserveSettings   keep the phone's settings
 * @param preserveCameraRoll keep the phone's photos
 * @param removeOthers       remove what is not in the backup
 * @param password           the backup's
 */
record RestoreRequest(boolean systemFiles, boolean reboot, boolean dontCopy, boolean preserveSettings,
		boolean preserveCameraRoll, boolean removeOthers, @Nullable String password) {

	private static final Set<String> SYSTEM = Set.of("RootDomain", "SystemPreferencesDomain",
			"ManagedPreferencesDomain",
			"WirelessDomain", "NetworkDomain", "InstallDomain", "MobileDeviceDomain", "ProtectedDomain",
			"DatabaseDomain");
	private static final String CAMERA_ROLL = "CameraRollDomain";

	/** Reads the options; a value that is no boolean counts as left out. */
	static RestoreRequest of(Map<String, Object> options) {
		return new RestoreRequest(truth(options, "RestoreSystemFiles", true),
				truth(options, "RestoreShouldReboot", true),
				truth(options, "RestoreDontCopyBackup", false), truth(options, "RestorePreserveSettings", false),
				truth(options, "RestorePreserveCameraRoll", false), truth(options, "RemoveItemsNotRestored", true),
				options.get("Password") instanceof String text ? text : null);
	}

	private static boolean truth(Map<String, Object> options, String name, boolean otherwise) {
		return options.get(name) instanceof Boolean truth ? truth : otherwise;
	}

	static boolean isSystem(String domain) {
		return SYSTEM.contains(domain) || domain.startsWith("SysContainerDomain-")
				|| domain.startsWith("SysSharedContainerDomain-");
	}

	/** Whether anything of a domain is restored. */
	boolean restores(String domain) {
		return (systemFiles || !isSystem(domain)) && !(preserveCameraRoll && domain.equals(CAMERA_ROLL));
	}

	/** Whether the phone's own entry is kept, if it has one. */
	boolean keeps(String domain, String path) {
		return preserveSettings && domain.equals("HomeDomain") && path.startsWith("Library/Preferences/");
	}

	@Override
	public String toString() {
		return "RestoreRequest[systemFiles=" + systemFiles + ", reboot=" + reboot + ", removeOthers=" + removeOthers
				+ "]";
	}
}
