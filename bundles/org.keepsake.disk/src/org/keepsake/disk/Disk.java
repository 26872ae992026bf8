// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of the disk below a folder, in {@code /sys} (its {@code Documentation/ABI/stable/sysfs-block}). */
final class Disk {

	private Disk() {
	}

	/** Whether the folder lies on a disk of this computer that does not turn. */
	static boolean isSolid(Path folder) {
		try {
			return Files.getAttribute(folder, "unix:dev") instanceof Long device
					&& entryIsSolid(Path.of("/sys/dev/block", number(device.longValue())));
		} catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
			return false;
		}
	}

	/** As the system writes it: {@code major:minor}, out of how the C library packs both. */
	static String number(long device) {
		long major = device >>> 8 & 0xFFF | device >>> 32 & 0xFFFFF000L;
		long minor = device & 0xFF | device >>> 12 & 0xFFFFFF00L;
		return major + ":" + minor;
	}

	/** @param entry of a disk, or of a part of one: that has no queue of its own */
	static boolean entryIsSolid(Path entry) throws IOException {
		Path disk = entry.toRealPath();
		Path whole = Files.exists(disk.resolve("queue")) ? disk : disk.resolve("..").normalize();
		// Disks of virtual machines say that they turn, as long as their hosts say nothing else.
		return whole.toString().contains("/virtio")
				|| "0".equals(Files.readString(whole.resolve("queue/rotational")).trim());
	}
}
