// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;

/** What a person hears of a rehearsal. */
class UnattendedTest {

	private final List<JobEvent> heard = new ArrayList<>();
	private final JobControl job = new JobControl(heard::add);
	private final Unattended unattended = new Unattended(job);

	@Test
	void sendsNobodyToAPhone() {
		JobEvent going = new JobEvent.Phase("sending", "Sending files to the device");
		unattended.report(new JobEvent.Notice("device.enter-passcode", "Please look at its screen.", true));
		unattended.report(new JobEvent.Phase("pairing", "Pairing: unlock the device and tap Trust"));
		unattended.report(going);
		assertEquals(2, heard.size(), heard::toString);
		assertTrue(heard.getFirst() instanceof JobEvent.Phase(String phase, String text) && phase.equals("pairing")
				&& !text.contains("unlock"), heard::toString);
		assertEquals(going, heard.getLast());
	}

	@Test
	void isCancelledWithTheJob() {
		boolean[] told = new boolean[1];
		unattended.onCancel(() -> told[0] = true);
		assertFalse(unattended.isCancelled());
		job.cancel();
		assertTrue(unattended.isCancelled() && told[0]);
	}
}
