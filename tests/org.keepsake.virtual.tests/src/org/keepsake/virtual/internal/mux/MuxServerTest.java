// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.mux.TestMux.Answer;
import org.keepsake.virtual.internal.wire.PlistFrames;

@NonNullByDefault({})
class MuxServerTest {

	private static final byte[] RECORD = { 1, 2, 3 };

	@TempDir
	Path folder;

	private VirtualIPhones phones;
	private InetSocketAddress address;
	private String first;
	private String second;

	@BeforeEach
	void start() throws IOException {
		phones = VirtualIPhones.start(0, VirtualOptions.in(folder).times(2));
		address = phones.address();
		first = phones.udids().get(0);
		second = phones.udids().get(1);
	}

	@AfterEach
	void stop() {
		phones.close();
	}

	private Answer ask(Map<String, Object> request) throws IOException {
		try (TestMux mux = new TestMux(address)) {
			return mux.ask(4711, request);
		}
	}

	private Answer save(String udid) throws IOException {
		return ask(TestMux.request("SavePairRecord", "PairRecordID", udid, "PairRecordData", RECORD));
	}

	@Test
	void listsEveryDeviceWithWhatClientsRead() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			List<Map<String, Object>> devices = mux.devices();
			assertEquals(2, devices.size());
			for (Map<String, Object> device : devices) {
				Map<String, Object> properties = PlistFrames.dictionary(device, "Properties");
				assertEquals("Attached", device.get("MessageType"));
				assertEquals(device.get("DeviceID"), properties.get("DeviceID"));
				assertEquals("USB", properties.get("ConnectionType"));
				assertInstanceOf(Integer.class, properties.get("ProductID"));
				assertTrue((Integer) properties.get("LocationID") > 0);
			}
			assertNotEquals(devices.get(0).get("DeviceID"), devices.get(1).get("DeviceID"));
		}
	}

	@Test
	void spellsTheIdentifierAsTheBusDoesWhenAskedTo() throws IOException {
		phones.faults(first, Faults.parse("undashed-serial"));
		try (TestMux mux = new TestMux(address)) {
			assertTrue(mux.deviceNumber(first.replace("-", "")) > 0);
		}
	}

	@Test
	void repeatsTheTagOfARequest() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			assertEquals(0x01020304, mux.ask(0x01020304, TestMux.request("ListDevices")).tag());
			assertEquals(-1, mux.ask(-1, TestMux.request("ReadBUID")).tag());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Nonsense", "" })
	void answersAnUnknownRequestWithBadCommand(String type) throws IOException {
		assertEquals(1, ask(TestMux.request(type)).number());
	}

	@Test
	void answersAConnectWithoutArgumentsWithBadCommand() throws IOException {
		assertEquals(1, ask(TestMux.request("Connect", "DeviceID", 1)).number());
	}

	@Test
	void refusesPortsAndDevicesThatAreNotThere() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			assertEquals(3, mux.connect(mux.deviceNumber(first), 1234).number());
			assertEquals(2, mux.connect(99, 62078).number());
		}
	}

	@Test
	void becomesTheDevicesPortAfterConnect() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			assertEquals(0, mux.connect(mux.deviceNumber(second), 62078).number());
			PlistFrames.writeXml(mux.socket().getOutputStream(), Map.of("Request", "QueryType", "Label", "test"));
			assertEquals("com.apple.mobile.lockdown",
					PlistFrames.text(TestMux.answer(mux.socket()), "Type"));
		}
	}

	@Test
	void tellsListenersWhatComesAndGoes() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			assertEquals(0, mux.ask(5, TestMux.request("Listen")).number());
			assertEquals("Attached", mux.receive().body().get("MessageType"));
			Answer present = mux.receive();
			assertEquals("Attached", present.body().get("MessageType"));
			assertEquals(0, present.tag());
			phones.unplug(second);
			Answer gone = mux.receive();
			assertEquals("Detached", gone.body().get("MessageType"));
			assertEquals(present.body().get("DeviceID"), gone.body().get("DeviceID"));
			phones.plug(second);
			Answer back = mux.receive();
			assertEquals(second, PlistFrames.dictionary(back.body(), "Properties").get("SerialNumber"));
			assertNotEquals(present.body().get("DeviceID"), back.body().get("DeviceID"));
			save(second);
			Answer paired = mux.receive();
			assertEquals("Paired", paired.body().get("MessageType"));
			assertEquals(back.body().get("DeviceID"), paired.body().get("DeviceID"));
			Object[] listeners = (Object[]) ask(TestMux.request("ListListeners")).body().get("ListenerList");
			assertEquals(1, listeners.length);
		}
	}

	@Test
	void breaksConnectionsOfAnUnpluggedDeviceAndNoOthers() throws IOException {
		try (TestMux cut = new TestMux(address); TestMux kept = new TestMux(address)) {
			assertEquals(0, cut.connect(cut.deviceNumber(first), 62078).number());
			assertEquals(0, kept.connect(kept.deviceNumber(second), 62078).number());
			phones.unplug(first);
			assertTrue(cut.atEnd());
			PlistFrames.writeXml(kept.socket().getOutputStream(), Map.of("Request", "QueryType"));
			assertEquals("QueryType", PlistFrames.text(TestMux.answer(kept.socket()), "Request"));
		}
	}

	@Test
	void keepsPairRecordsAndItsOwnIdentifierAcrossStarts() throws IOException {
		assertEquals(2, ask(TestMux.request("ReadPairRecord", "PairRecordID", first)).number());
		assertEquals(0, save(first).number());
		Object buid = ask(TestMux.request("ReadBUID")).body().get("BUID");
		stop();
		start();
		assertEquals(buid, ask(TestMux.request("ReadBUID")).body().get("BUID"));
		Map<String, Object> record = ask(TestMux.request("ReadPairRecord", "PairRecordID", first)).body();
		assertArrayEquals(RECORD, PlistFrames.data(record, "PairRecordData"));
		assertEquals(0, ask(TestMux.request("DeletePairRecord", "PairRecordID", first)).number());
		assertEquals(2, ask(TestMux.request("DeletePairRecord", "PairRecordID", first)).number());
	}

	@Test
	void answersUnusableRecordNamesWithAnErrorNumber() throws IOException {
		assertEquals(22, ask(TestMux.request("ReadPairRecord")).number());
		assertEquals(22, save("../../x").number());
		assertEquals(2, ask(TestMux.request("ReadPairRecord", "PairRecordID", "../SystemConfiguration")).number());
		assertEquals(22, ask(TestMux.request("DeletePairRecord", "PairRecordID", "SystemConfiguration")).number());
	}

	@Test
	void answersTheOldBinaryProtocolWithBadVersion() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			mux.send(0, 3, 9, new byte[0]);
			assertEquals(6, mux.receive().number());
			assertTrue(mux.atEnd());
		}
	}

	@Test
	void hangsUpOnALengthThatCannotBe() throws IOException {
		try (TestMux mux = new TestMux(address)) {
			mux.socket().getOutputStream().write(new byte[] { -1, -1, -1, 127, 1, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0 });
			assertTrue(mux.atEnd());
		}
	}
}
