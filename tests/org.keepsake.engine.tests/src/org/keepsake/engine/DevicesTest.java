// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.engine.Keepsake.Seams;

/** Devices of several transports as one. */
class DevicesTest {

	private static final String UNDASHED = Bench.UDID.replace("-", "");

	@TempDir
	Path home;
	private final FakeTransport wifi = new FakeTransport("wifi", ConnectionType.NETWORK);
	private final FakeTransport usb = new FakeTransport("usb", ConnectionType.USB);
	private final List<String> made = new ArrayList<>();
	private final FakePhone phone = new FakePhone(Bench.UDID);
	private Keepsake keepsake;
	private Devices devices;

	@BeforeEach
	void setUp() {
		keepsake = new Keepsake(home, Map.of(), List.of(wifi, usb), List.of(), new Seams((transport, device) -> {
			made.add(transport.id());
			return phone;
		}, new FakeInspector(), Bench.PROMPT, Clock.systemUTC()));
		devices = keepsake.devices();
	}

	@Test
	void aDeviceAttachedTwiceIsOneAndReachedByCable() throws Exception {
		wifi.attach(Bench.UDID);
		usb.attach(UNDASHED);
		assertEquals(List.of(new Udid(Bench.UDID)), devices.list());
		devices.describe(new Udid(Bench.UDID.toLowerCase()));
		assertEquals(List.of("usb"), made);
	}

	@Test
	void chooseTakesTheOnlyOne() throws Exception {
		usb.attach(Bench.UDID);
		assertEquals(Bench.UDID, devices.choose(null).value());
		assertEquals(Bench.UDID, devices.choose(new Udid(UNDASHED)).value());
		assertEquals(Bench.UDID, devices.choose(new Udid(Bench.UDID.toLowerCase())).value(),
				"the device's own spelling, which it insists on");
	}

	@Test
	void chooseTellsWhatIsMissing() {
		Problem none = Bench.problemOf("engine.no-device", () -> devices.choose(null));
		assertTrue(none.remedy().length() > 100, "says what to look at on this system: " + none.remedy());
		usb.attach(Bench.UDID);
		Bench.problemOf("engine.not-attached", () -> devices.choose(new Udid(Bench.OTHER)));
		usb.attach(Bench.OTHER);
		Problem several = Bench.problemOf("engine.several-devices", () -> devices.choose(null));
		assertTrue(several.cause().contains(Bench.UDID) && several.cause().contains(Bench.OTHER), several.cause());
	}

	@Test
	void oneTransportInTroubleDoesNotHideTheOther() throws Exception {
		usb.trouble("usb.no-service");
		wifi.attach(Bench.UDID);
		assertEquals(1, devices.list().size());
		wifi.trouble("wifi.off");
		Bench.problemOf("wifi.off", devices::list);
	}

	@Test
	void watchTellsEachDeviceOnce() {
		List<String> heard = new ArrayList<>();
		usb.attach(Bench.UDID);
		try (Watch watch = devices.watch(new Devices.Listener() {
			@Override
			public void arrived(Udid device) {
				heard.add("arrived " + device.value());
			}

			@Override
			public void departed(Udid device) {
				heard.add("departed " + device.value());
			}

			@Override
			public void trouble(String transport, Problem problem) {
				heard.add(transport + (problem == null ? " works" : " " + problem.code()));
			}
		})) {
			wifi.attach(UNDASHED);
			usb.detach(Bench.UDID);
			usb.trouble("usb.no-service");
			usb.trouble("usb.no-service");
			usb.trouble(null);
			wifi.detach(Bench.UDID);
			assertEquals(List.of("arrived " + Bench.UDID, "usb usb.no-service", "usb works", "departed " + Bench.UDID),
					heard);
			assertEquals(1, usb.watches());
			watch.close();
			usb.attach(Bench.OTHER);
		}
		assertEquals(4, heard.size());
		assertEquals(0, usb.watches() + wifi.watches());
	}

	@Test
	void pairingNeedsTheCable() throws Exception {
		wifi.attach(Bench.UDID);
		phone.paired = false;
		Bench.problemOf("engine.pair-by-cable", () -> devices.pair(phone.udid, JobMonitor.NONE));
		usb.attach(Bench.UDID);
		devices.pair(phone.udid, JobMonitor.NONE);
		devices.unpair(phone.udid);
		assertEquals(List.of("pair", "unpair"), phone.log);
	}

	@Test
	void closingTheEngineClosesTheTransports() {
		keepsake.close();
		assertTrue(usb.closed && wifi.closed);
	}
}
