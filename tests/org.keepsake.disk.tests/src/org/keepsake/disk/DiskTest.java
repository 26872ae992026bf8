// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With folders such as Linux shows below {@code /sys}. */
class DiskTest {

	@TempDir
	Path sys;

	private Path disk(String path, String turns) throws IOException {
		Path disk = Files.createDirectories(sys.resolve(path));
		Files.writeString(Files.createDirectory(disk.resolve("queue")).resolve("rotational"), turns + "\n");
		return disk;
	}

	@Test
	void readsHowTheSystemPacksTheNumberOfADevice() {
		assertEquals("8:1", Disk.number(0x801));
		assertEquals("254:0", Disk.number(65024));
		assertEquals("259:300", Disk.number(0x12C & 0xFF | (0x12CL & ~0xFFL) << 12 | 259 << 8));
	}

	@Test
	void tellsADiskThatTurnsFromOneThatDoesNot() throws IOException {
		assertFalse(Disk.entryIsSolid(disk("devices/pci0/ata1/block/sda", "1")));
		assertTrue(Disk.entryIsSolid(disk("devices/pci0/nvme0/nvme0n1", "0")));
	}

	@Test
	void asksTheDiskOfAPart() throws IOException {
		Path part = Files.createDirectory(disk("devices/pci0/nvme0/nvme0n1", "0").resolve("nvme0n1p2"));
		assertTrue(Disk.entryIsSolid(part));
		Path link = Files.createSymbolicLink(sys.resolve("259:2"), part);
		assertTrue(Disk.entryIsSolid(link));
		assertFalse(Disk.entryIsSolid(
				Files.createDirectory(disk("devices/pci0/ata1/block/sda", "1").resolve("sda1"))));
	}

	@Test
	void doesNotBelieveDisksOfVirtualMachinesThatTheyTurn() throws IOException {
		assertTrue(Disk.entryIsSolid(disk("devices/pci0/virtio3/block/vda", "1")));
	}

	@Test
	void knowsNothingOfSharesAndOfWhatIsNotThere() {
		assertThrows(NoSuchFileException.class, () -> Disk.entryIsSolid(sys.resolve("0:42")));
		assertFalse(Disk.isSolid(sys.resolve("missing")));
	}
}
