// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.function.Executable;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.transport.Transport;
import org.keepsake.engine.internal.Timing;

/** An engine over fakes: one phone by cable, one target, and ears. */
final class Bench implements AutoCloseable {

	static final String UDID = "00008120-000A1B2C3D4E5F60";
	static final String OTHER = "00008130-00FFEEDDCCBBAA99";

	final FakeTransport usb = FakeTransport.usb(UDID);
	final FakeTarget target = new FakeTarget("mem:shelf");
	final FakePhone phone = new FakePhone(UDID);
	final Map<String, FakePhone> phones = new HashMap<>(Map.of(UDID, phone));
	final FakeInspector inspector = new FakeInspector();
	final List<JobEvent> events = new ArrayList<>();
	final JobControl monitor = new JobControl(events::add);
	final Keepsake keepsake;

	/** Waits are over at once, except where a test makes them end. */
	static final Timing PROMPT = new Timing(Duration.ZERO, Duration.ZERO, 3, 20, 1_000, Duration.ZERO, Duration.ZERO);

	Bench(Path home) {
		this(home, Map.of(), PROMPT);
	}

	Bench(Path home, Map<String, String> environment, Timing timing, FakeTarget... more) {
		Clock clock = Clock.fixed(Instant.parse("2026-11-23T13:00:00Z"), ZoneOffset.UTC);
		List<FakeTarget> targets = new ArrayList<>(List.of(target));
		targets.addAll(List.of(more));
		keepsake = new Keepsake(home, environment, List.<Transport>of(usb),
				List.of(FakeTarget.factory(targets.toArray(FakeTarget[]::new))),
				new Keepsake.Seams((transport, device) -> phones.get(device.udid().value()), inspector, timing, clock));
	}

	/** A complete earlier version. */
	void keepEarlier() {
		target.keep(UDID, Instant.parse("2026-11-20T12:00:00Z"), true, UDID + "/Status.plist", "finished",
				UDID + "/Manifest.plist", "plain", UDID + "/Manifest.db", "db", UDID + "/00/00a", "old");
	}

	/** A complete earlier version under this password. */
	void keepEncrypted(String password) {
		target.keep(UDID, Instant.parse("2026-11-20T12:00:00Z"), true, UDID + "/Status.plist", "finished",
				UDID + "/Manifest.plist", "encrypted:" + password, UDID + "/Manifest.db", "db");
	}

	BackupRequest request() {
		return new BackupRequest(phone.udid, null, false, 1);
	}

	BackupResult backup() throws Exception {
		return keepsake.backup(request(), monitor);
	}

	/** Whether an event of this phase or notice was reported. */
	boolean heard(String word) {
		return events.stream().anyMatch(event -> switch (event) {
			case JobEvent.Phase phase -> phase.phase().equals(word);
			case JobEvent.Notice notice -> notice.code().equals(word);
			case JobEvent.Progress _ -> false;
		});
	}

	static Problem problemOf(String code, Executable executable) {
		ProblemException thrown = assertThrows(ProblemException.class, executable);
		assertEquals(code, thrown.problem().code(), () -> String.valueOf(thrown.problem()));
		return thrown.problem();
	}

	@Override
	public void close() {
		keepsake.close();
	}
}
