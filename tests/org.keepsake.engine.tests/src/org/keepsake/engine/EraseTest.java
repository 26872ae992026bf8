// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;

/** Erasing a device. */
@NonNullByDefault({})
class EraseTest {

	@TempDir
	Path home;
	private Bench bench;

	@BeforeEach
	void setUp() {
		bench = new Bench(home);
	}

	@AfterEach
	void tearDown() {
		bench.close();
	}

	@Test
	void asksTheDeviceAndClosesTheSession() throws Exception {
		bench.keepsake.erase(bench.phone.udid, JobMonitor.NONE);
		assertEquals("close", bench.phone.log.getLast());
		assertEquals(1, bench.phone.log.stream().filter("erase"::equals).count());
	}

	@Test
	void isNotBegunOnceCancelled() {
		JobControl control = new JobControl(event -> {
		});
		control.cancel();
		assertThrows(CancelledException.class, () -> bench.keepsake.erase(bench.phone.udid, control));
		assertFalse(bench.phone.log.contains("erase"));
	}
}
