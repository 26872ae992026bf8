// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Capacity;
import org.keepsake.engine.Targets;

class TargetsCommandTest extends CommandTest {

	private void has() {
		engine.entries.add(new Targets.Entry("default", "/home/anna/backups", true));
		engine.entries.add(new Targets.Entry("disk", "/media/disk", false));
	}

	@Test
	void areATable() {
		has();
		assertOut(0, """
				NAME     DEFAULT  LOCATION
				default  yes      /home/anna/backups
				disk              /media/disk
				""", "targets", "list");
	}

	@Test
	void areAnArrayForAProgram() {
		has();
		assertOut(0, """
				[
				  {"name":"default","location":"/home/anna/backups","default":true,"settings":{}},
				  {"name":"disk","location":"/media/disk","default":false,"settings":{}}
				]
				""", "targets", "list", "--json");
	}

	@Test
	void noneIsSaidWithWhatToDo() {
		assertOut(0, "", "targets", "list");
		assertTrue(terminal.errText().contains("keepsake targets add NAME FOLDER --default"), terminal.errText());
	}

	@Test
	void areAdded() {
		assertOut(0, "Added nas: /mnt/nas. Backups go there from now on.\n", "targets", "add", "nas", "/mnt/nas",
				"--default");
		assertEquals(List.of(new Targets.Entry("nas", "/mnt/nas", true)), engine.entries);
	}

	@Test
	void areAddedForAProgram() {
		assertOut(0, "{\"name\":\"nas\",\"location\":\"/mnt/nas\",\"default\":false,\"settings\":{}}\n", "targets",
				"add", "nas",
				"/mnt/nas", "--json");
	}

	@Test
	void areForgotten() {
		has();
		assertOut(0, "Forgot disk. Its backups stay where they are.\n", "targets", "remove", "disk");
		assertEquals(1, engine.entries.size());
	}

	@Test
	void areForgottenForAProgram() {
		has();
		assertOut(0, "{\"removed\":\"disk\"}\n", "targets", "remove", "disk", "--json");
	}

	@Test
	void areChecked() {
		engine.target = target();
		assertOut(0, """
				Backups can be kept in /media/disk.
				  - Unchanged files are shared between versions.
				""", "targets", "check", "disk");
	}

	@Test
	void areCheckedForAProgram() {
		engine.target = target();
		assertOut(0, "{\"name\":\"disk\",\"location\":\"/media/disk\","
				+ "\"checks\":[\"Unchanged files are shared between versions.\"],"
				+ "\"freeBytes\":12000000000,\"totalBytes\":500000000000}\n", "targets", "check", "disk", "--json");
	}

	@Test
	void thatDoNotWorkAreAProblem() {
		assertOut(1, "", "targets", "check", "disk");
	}

	@Test
	void needToBeToldWhatToDo() {
		assertOut(2, "", "targets");
		assertTrue(terminal.errText().contains("list, add, set, remove, check, login or logout"), terminal.errText());
	}

	private static BackupTarget target() {
		return (BackupTarget) Proxy.newProxyInstance(BackupTarget.class.getClassLoader(),
				new Class<?>[] { BackupTarget.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "location" -> "/media/disk";
					case "check" -> List.of("Unchanged files are shared between versions.");
					case "capacity" -> new Capacity(12_000_000_000L, Long.valueOf(500_000_000_000L));
					case "close" -> null;
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}
}
