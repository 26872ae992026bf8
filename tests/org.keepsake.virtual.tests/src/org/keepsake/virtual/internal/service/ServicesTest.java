// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.lockdown.TestLockdown;
import org.keepsake.virtual.internal.mux.TestMux;
import org.keepsake.virtual.internal.wire.PlistFrames;

@NonNullByDefault({})
class ServicesTest {

	private static final String NOTIFICATIONS = "com.apple.mobile.notification_proxy";
	private static final String APPLICATIONS = "com.apple.mobile.installation_proxy";
	private static final String ICONS = "com.apple.springboardservices";
	private static final String DIAGNOSTICS = "com.apple.mobile.diagnostics_relay";

	@TempDir
	Path folder;

	private VirtualIPhones phones;
	private TestLockdown lockdown;
	private String udid;

	@BeforeEach
	void start() throws IOException {
		start("26.1");
	}

	private void start(String ios) throws IOException {
		VirtualOptions small = VirtualOptions.in(folder);
		phones = VirtualIPhones.start(0, List.of(new VirtualOptions(folder, null, null, ios, small.profile(), 0, 0, 1,
				true, small.trust(), false, true)));
		udid = phones.udids().getFirst();
		lockdown = TestLockdown.paired(phones.address(), udid);
	}

	@AfterEach
	void stop() throws IOException {
		lockdown.close();
		phones.close();
	}

	private static Map<String, Object> ask(Socket socket, Map<String, Object> request) throws IOException {
		PlistFrames.writeXml(socket.getOutputStream(), request);
		return answer(socket);
	}

	private static Map<String, Object> answer(Socket socket) throws IOException {
		return TestMux.answer(socket);
	}

	private static Map<String, Object> command(String command, String name) {
		return Map.of("Command", command, "Name", name);
	}

	@Test
	void notificationsReachWhoObservesThem() throws IOException {
		try (Socket observer = lockdown.service(NOTIFICATIONS); Socket poster = lockdown.service(NOTIFICATIONS)) {
			PlistFrames.writeXml(observer.getOutputStream(), command("ObserveNotification", "org.example.a"));
			PlistFrames.writeXml(observer.getOutputStream(), command("ObserveNotification", "org.example.b"));
			PlistFrames.writeXml(observer.getOutputStream(), command("PostNotification", "org.example.b"));
			assertEquals(command("RelayNotification", "org.example.b"), answer(observer));
			PlistFrames.writeXml(poster.getOutputStream(), command("PostNotification", "org.example.c"));
			PlistFrames.writeXml(poster.getOutputStream(), command("PostNotification", "org.example.a"));
			assertEquals(command("RelayNotification", "org.example.a"), answer(observer));
			phones.post(udid, "org.example.b");
			assertEquals(command("RelayNotification", "org.example.b"), answer(observer));
		}
	}

	@Test
	void theNotificationProxySaysThatItDies() throws IOException {
		try (Socket proxy = lockdown.service(NOTIFICATIONS)) {
			assertEquals("ProxyDeath", ask(proxy, Map.of("Command", "Shutdown")).get("Command"));
			assertNull(PlistFrames.read(proxy.getInputStream()));
		}
	}

	@Test
	void applicationsAreListedInSeveralMessagesWithWhatWasAskedFor() throws IOException {
		try (Socket proxy = lockdown.service(APPLICATIONS)) {
			PlistFrames.writeXml(proxy.getOutputStream(), Map.of("Command", "Browse", "ClientOptions", Map.of(
					"ApplicationType", "User", "ReturnAttributes",
					List.of("CFBundleIdentifier", "ApplicationSINF", "iTunesMetadata"))));
			List<Object> listed = new ArrayList<>();
			int messages = 0;
			Map<String, Object> message = answer(proxy);
			while (!"Complete".equals(message.get("Status"))) {
				listed.addAll(Arrays.asList((Object[]) message.get("CurrentList")));
				messages++;
				message = answer(proxy);
			}
			assertTrue(messages > 1);
			for (Object application : listed) {
				Map<String, Object> attributes = PlistFrames.dictionary(Map.of("it", application), "it");
				assertEquals(3, attributes.size());
				assertEquals(attributes.get("CFBundleIdentifier"), PlistFrames.parse(
						PlistFrames.data(attributes, "iTunesMetadata")).get("softwareVersionBundleId"));
			}
			assertEquals(6, listed.size());
		}
	}

	@Test
	void anApplicationIsLookedUpByItsIdentifier() throws IOException {
		try (Socket proxy = lockdown.service(APPLICATIONS)) {
			Map<String, Object> result = PlistFrames.dictionary(ask(proxy, Map.of("Command", "Lookup", "ClientOptions",
					Map.of("BundleIDs", List.of("org.example.diary"), "ReturnAttributes", List.of("CFBundleName")))),
					"LookupResult");
			assertEquals(Map.of("org.example.diary", Map.of("CFBundleName", "Diary")), result);
			assertTrue(ask(proxy, Map.of("Command", "Sing")).containsKey("Error"));
		}
	}

	@Test
	void iconsArePictures() throws IOException {
		try (Socket icons = lockdown.service(ICONS)) {
			byte[] png = PlistFrames.data(icon(icons, "org.example.diary"), "pngData");
			assertArrayEquals(new byte[] { (byte) 0x89, 'P', 'N', 'G' }, Arrays.copyOf(png, 4));
			assertTrue(icon(icons, "org.example.none").containsKey("error"));
		}
	}

	private static Map<String, Object> icon(Socket icons, String bundleId) throws IOException {
		return ask(icons, Map.of("command", "getIconPNGData", "bundleId", bundleId));
	}

	@Test
	void diagnosticsTellOfThePasscodeOnOlderSystems() throws IOException {
		Map<String, Object> question = Map.of("Request", "MobileGestalt", "MobileGestaltKeys",
				List.of("PasswordConfigured"));
		try (Socket relay = lockdown.service(DIAGNOSTICS)) {
			assertEquals("MobileGestaltDeprecated", gestalt(ask(relay, question)).get("Status"));
			assertEquals("UnknownRequest", ask(relay, Map.of("Request", "Dance")).get("Status"));
			assertEquals("Success", ask(relay, Map.of("Request", "Goodbye")).get("Status"));
		}
		stop();
		start("16.7.10");
		try (Socket relay = lockdown.service(DIAGNOSTICS)) {
			assertEquals(true, gestalt(ask(relay, question)).get("PasswordConfigured"));
		}
	}

	private static Map<String, Object> gestalt(Map<String, Object> answer) {
		return PlistFrames.dictionary(PlistFrames.dictionary(answer, "Diagnostics"), "MobileGestalt");
	}

	@Test
	void oldSystemsAreReachedToo() throws IOException {
		stop();
		start("9.3.5");
		try (Socket icons = lockdown.service(ICONS)) {
			assertEquals(1, ask(icons, Map.of("command", "getInterfaceOrientation")).get("interfaceOrientation"));
		}
	}

	@Test
	void theHeartbeatWantsAnAnswer() throws IOException {
		phones.faults(udid, Faults.parse("heartbeat-interval=0"));
		try (Socket heartbeat = lockdown.service("com.apple.mobile.heartbeat")) {
			assertEquals("Marco", answer(heartbeat).get("Command"));
			assertEquals("Marco", ask(heartbeat, Map.of("Command", "Polo")).get("Command"));
			PlistFrames.writeXml(heartbeat.getOutputStream(), Map.of("Command", "Goodbye"));
			assertNull(PlistFrames.read(heartbeat.getInputStream()));
		}
	}

	@Test
	void allConnectionsAreCutAfterSoManyBytesAndOnlyOnce() throws IOException {
		phones.faults(udid, Faults.parse("cut-all-after-bytes=3000"));
		try (Socket icons = lockdown.service(ICONS)) {
			assertThrows(IOException.class, () -> askForEver(icons));
		}
		assertThrows(IOException.class, () -> lockdown.ask("QueryType"));
		try (TestLockdown again = TestLockdown.paired(phones.address(), udid); Socket icons = again.service(ICONS)) {
			for (int i = 0; i < 100; i++) {
				ask(icons, Map.of("command", "getInterfaceOrientation"));
			}
		}
	}

	private static void askForEver(Socket icons) throws IOException {
		while (true) {
			Map<String, Object> answer = ask(icons, Map.of("command", "getInterfaceOrientation"));
			if (!answer.containsKey("interfaceOrientation")) {
				throw new AssertionError(answer);
			}
		}
	}

	@Test
	void theCableIsPulledAfterSoManyBytes() throws IOException {
		phones.faults(udid, Faults.parse("unplug-after-bytes=500"));
		try (Socket icons = lockdown.service(ICONS)) {
			assertThrows(IOException.class, () -> askForEver(icons));
		}
		try (TestMux mux = new TestMux(phones.address())) {
			assertEquals(List.of(), mux.devices());
			phones.plug(udid);
			assertEquals(1, mux.devices().size());
		}
	}

	@Test
	void everythingStallsAfterSoManyBytesUntilTheFaultIsLifted() throws IOException {
		phones.faults(udid, Faults.parse("stall-all-after-bytes=0"));
		try (Socket icons = lockdown.service(ICONS)) {
			icons.setSoTimeout(200);
			PlistFrames.writeXml(icons.getOutputStream(), Map.of("command", "getInterfaceOrientation"));
			assertThrows(SocketTimeoutException.class, () -> icons.getInputStream().read());
			icons.setSoTimeout(20_000);
			phones.faults(udid, Faults.NONE);
			assertEquals(1, answer(icons).get("interfaceOrientation"));
		}
	}

	@Test
	void aRestartBreaksAllAndInstallsWhatARestoreLeft() throws IOException {
		Path list = folder.resolve("media/iTunesRestore/RestoreApplications.plist");
		Files.createDirectories(list.getParent());
		Files.write(list, PlistFrames.xml(Map.of("org.example.restored", Map.of("iTunesMetadata",
				PlistFrames.xml(Map.of("itemName", "Restored", "bundleShortVersionString", "4.2"))))));
		try (TestMux events = new TestMux(phones.address()); Socket relay = lockdown.service(DIAGNOSTICS)) {
			events.ask(1, TestMux.request("Listen"));
			events.receive();
			PlistFrames.writeXml(relay.getOutputStream(), Map.of("Request", "Restart"));
			assertEquals("Detached", events.receive().body().get("MessageType"));
			assertEquals("Attached", events.receive().body().get("MessageType"));
		}
		assertThrows(IOException.class, () -> lockdown.ask("QueryType"));
		try (TestLockdown again = TestLockdown.paired(phones.address(), udid);
				Socket proxy = again.service(APPLICATIONS)) {
			Map<String, Object> result = PlistFrames.dictionary(ask(proxy, Map.of("Command", "Lookup", "ClientOptions",
					Map.of("BundleIDs", List.of("org.example.restored")))), "LookupResult");
			assertEquals("4.2",
					PlistFrames.dictionary(result, "org.example.restored").get("CFBundleShortVersionString"));
		}
		assertTrue(Files.notExists(list));
	}
}
