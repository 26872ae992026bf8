// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.fake.FakeConnection;
import org.keepsake.ios.protocol.fake.FakeDevice;
import org.keepsake.ios.protocol.fake.MemoryFiles;
import org.keepsake.ios.protocol.internal.Timing;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** Backups of a scripted device, among them those that go wrong. */
@Timeout(60)
class BackupTest {

	private static final String U = FakeDevice.UDID;
	private static final Timing QUICK = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5),
			Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1), 50,
			Duration.ofSeconds(20));

	private final FakeDevice device = paired();
	private final MemoryFiles files = new MemoryFiles();
	private final List<JobEvent> events = new CopyOnWriteArrayList<>();
	private final JobControl control = new JobControl(events::add);

	private static FakeDevice paired() {
		try {
			return new FakeDevice().paired();
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}

	@AfterEach
	void noSurpriseOnTheDevice() throws IOException {
		device.close();
		assertTrue(device.failures.isEmpty(), () -> device.failures.toString());
	}

	/** What the device does from the Backup request on. */
	private interface Play {
		void run(FakeConnection c, Dict request) throws Exception;
	}

	private void plays(Play play) {
		device.services.put("com.apple.mobilebackup2", c -> {
			greet(c);
			play.run(c, request(c));
			closing(c);
		});
	}

	private static void greet(FakeConnection c) throws IOException {
		c.send(List.of("DLMessageVersionExchange", 300L, 0L));
		assertEquals(List.of("DLMessageVersionExchange", "DLVersionsOk", 400L), c.receive());
		c.send(List.of("DLMessageDeviceReady"));
		assertEquals(Map.of("MessageName", "Hello", "SupportedProtocolVersions", List.of(2.0, 2.1)),
				((List<?>) c.receive()).get(1));
		c.send(List.of("DLMessageProcessMessage",
				Map.of("MessageName", "Response", "ErrorCode", 0L, "ProtocolVersion", 2.1)));
	}

	private static Dict request(FakeConnection c) throws IOException {
		List<?> message = (List<?>) c.receive();
		assertEquals("DLMessageProcessMessage", message.getFirst());
		return Dict.of((Map<?, ?>) message.get(1));
	}

	private static void closing(FakeConnection c) throws IOException {
		assertEquals(List.of("DLMessageDisconnect", "___EmptyParameterString___"), c.receive());
	}

	private static byte[] status(String state, boolean full) {
		return Plist.binary(Map.of("SnapshotState", state, "IsFullBackup", full, "Version", "3.3"));
	}

	private static List<?> ok() {
		return List.of(0L, "___EmptyParameterString___", Map.of());
	}

	private TransferResult backup() throws IOException {
		return backup(new BackupOptions(false));
	}

	private TransferResult backup(BackupOptions options) throws IOException {
		try (DeviceSession session = new DeviceClient(device, device.attached, QUICK).open()) {
			return session.backup(options, files, control);
		}
	}

	private Problem fails() {
		return assertThrows(ProblemException.class, this::backup).problem();
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	@Test
	void keepsWhatADeviceUploadsAndArranges() throws IOException {
		byte[] large = random(3_000_000);
		plays((c, request) -> {
			assertEquals(Map.of("MessageName", "Backup", "TargetIdentifier", U, "SourceIdentifier", U),
					request.toMap());
			assertEquals(ok(), c.ask("DLMessageCreateDirectory", U + "/Snapshot"));
			assertEquals(ok(), c.upload(U + "/Status.plist", status("uploading", true)));
			c.send(List.of("DLMessageUploadFiles", Map.of(), 50.0, (long) large.length));
			c.uploadNames(U + "/Snapshot/ab/abcd");
			int at = 0;
			for (int size : new int[] { 1, 32768, 1 << 20, 5, large.length }) {
				int end = Math.min(large.length, at + size);
				c.uploadFrame(0x0c, Arrays.copyOfRange(large, at, end));
				at = end;
			}
			c.uploadFrame(0, new byte[0]);
			c.uploadFile(U + "/Snapshot/00/empty", new byte[0]);
			c.uploadNames(U + "/Snapshot/11/cutlength");
			c.uploadFrame(0x0c, new byte[] { 7 });
			c.out.writeInt(0);
			assertEquals(ok(), c.uploadEnd());
			assertEquals(ok(),
					c.ask("DLMessageMoveItems", Map.of(U + "/Snapshot/ab/abcd", U + "/ab/abcd"), Map.of(), 95.0));
			assertEquals(ok(),
					c.ask("DLMessageMoveFiles", Map.of(U + "/Snapshot/00/empty", U + "/00/empty"), Map.of(), 96.0));
			assertEquals(ok(), c.ask("DLMessageRemoveItems", List.of(U + "/Snapshot", U + "/missing"), Map.of(), 99.0));
			assertEquals(ok(), c.upload(U + "/Status.plist", status("finished", true)));
			c.finish(0, "");
		});
		TransferResult result = backup();
		assertArrayEquals(large, files.content(U + "/ab/abcd"));
		assertEquals(0, files.content(U + "/00/empty").length);
		assertFalse(files.has(U + "/Snapshot"));
		assertEquals(5, result.filesReceived());
		assertEquals(Boolean.TRUE, result.full());
		assertTrue(result.bytesReceived() > large.length);
		assertEquals(List.of(), result.fileErrors());
	}

	@Test
	void takesTheLockAndGivesItBackInOrder() throws IOException {
		device.lockErrors().addAll(List.of(19L, 19L));
		plays((c, request) -> {
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		// Each service in its own order: notifications are not answered, so that those of two services may pass each other.
		assertEquals(
				List.of("open /com.apple.itunes.lock_sync 2", "lock refused", "lock refused", "lock", "unlock",
						"close /com.apple.itunes.lock_sync"),
				told(line -> line.contains("lock") && !line.endsWith("ended") && !line.startsWith("post")));
		assertEquals(
				List.of("post com.apple.itunes-mobdev.syncWillStart", "post com.apple.itunes-mobdev.syncLockRequest",
						"post com.apple.itunes-mobdev.syncDidStart", "post com.apple.itunes-mobdev.syncDidFinish"),
				told(line -> line.startsWith("post")));
		assertTrue(device.journal.contains("start com.apple.mobilebackup2 with bag"));
		assertTrue(device.journal.contains("start com.apple.afc"));
	}

	private List<String> told(Predicate<String> which) {
		return device.journal.stream().filter(which).toList();
	}

	@Test
	void saysThatTheDeviceIsBusyIfTheLockStaysTaken() {
		for (int i = 0; i < 50; i++) {
			device.lockErrors().add(19L);
		}
		device.services.put("com.apple.mobilebackup2", c -> {
			greet(c);
			closing(c);
		});
		assertEquals("device.busy", fails().code());
	}

	@Test
	void writesInfoPlistCompletely() throws IOException {
		device.domains.put("com.apple.iTunes", Map.of("Setting", 1L));
		device.media().put("/iTunes_Control/iTunes/iTunesPrefs", new byte[] { 5 });
		device.media().put("/Books/iBooksData2.plist", new byte[] { 6 });
		device.root.put("PhoneNumber", "+49 1 & <2>");
		plays((c, request) -> {
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		byte[] written = files.content(U + "/Info.plist");
		assertTrue(new String(written, StandardCharsets.UTF_8).startsWith("<?xml"));
		Dict info = Plist.parseDict(written);
		assertEquals(U.toUpperCase(java.util.Locale.ROOT), info.string("Unique Identifier"));
		assertEquals(U, info.string("Target Identifier"));
		assertEquals("Device", info.string("Target Type"));
		assertEquals("Anna's iPhone", info.string("Display Name"));
		assertEquals("iPhone 14 Pro", info.string("Product Name"));
		assertEquals("16.0", info.string("Product Version"));
		assertEquals("+49 1 & <2>", info.string("Phone Number"));
		assertEquals("10.0.1", info.string("iTunes Version"));
		assertTrue(info.string("GUID", "").matches("[0-9A-F]{32}"));
		assertEquals(List.of("org.example.store", "org.example.own"), info.get("Installed Applications"));
		Dict application = info.dictOrEmpty("Applications").dictOrEmpty("org.example.store");
		assertEquals(4, application.toMap().size() + 1);
		assertFalse(info.dictOrEmpty("Applications").has("org.example.own"));
		assertTrue(info.dictOrEmpty("iTunes Files").has("iTunesPrefs"));
		assertTrue(info.has("iBooks Data 2"));
		assertEquals(1L, info.dictOrEmpty("iTunes Settings").integer("Setting"));
		assertTrue(info.date("Last Backup Date") != null);
	}

	@Test
	void backsUpWithoutListOfApplications() throws IOException {
		device.services.remove("com.apple.mobile.installation_proxy");
		device.services.put("com.apple.springboardservices", c -> {
			// closes at once
		});
		plays((c, request) -> {
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		assertEquals(1, backup().filesReceived());
	}

	/** A file that the host sent, or why it did not. */
	private record Sent(String path, byte[] content, boolean failed) {
	}

	private static List<Sent> download(FakeConnection c, String... paths) throws IOException {
		c.send(List.of("DLMessageDownloadFiles", List.of((Object[]) paths), Map.of(), 20.0));
		List<Sent> sent = new ArrayList<>();
		while (true) {
			int length = c.in.readInt();
			if (length == 0) {
				return sent;
			}
			String path = new String(c.in.readNBytes(length), StandardCharsets.UTF_8);
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			while (true) {
				int frame = c.in.readInt();
				int code = c.in.readUnsignedByte();
				assertTrue(frame - 1 <= 32768, "a frame of " + frame);
				byte[] bytes = c.in.readNBytes(frame - 1);
				if (code == 0x0c) {
					content.writeBytes(bytes);
				} else {
					sent.add(new Sent(path, content.toByteArray(), code == 0x06));
					break;
				}
			}
		}
	}

	@Test
	void sendsFilesInSmallFramesAndGoesOnAfterOneThatIsMissing() throws IOException {
		byte[] manifest = random(100_000);
		byte[] exact = random(65_536);
		files.with(U + "/Manifest.db", manifest).with(U + "/exact", exact).with(U + "/zero", "");
		plays((c, request) -> {
			List<Sent> sent = download(c, U + "/Status.plist", U + "/Manifest.db", U + "/exact", U + "/zero");
			List<?> answer = c.status();
			assertEquals(-13L, answer.get(0));
			assertEquals("Multi status", answer.get(1));
			assertEquals(Map.of(U + "/Status.plist",
					Map.of("DLFileErrorString", "No such file or directory", "DLFileErrorCode", -6L)), answer.get(2));
			assertTrue(sent.get(0).failed());
			assertArrayEquals(manifest, sent.get(1).content());
			assertArrayEquals(exact, sent.get(2).content());
			assertEquals(0, sent.get(3).content().length);
			assertFalse(sent.get(3).failed());
			download(c, U + "/zero");
			assertEquals(ok(), c.status());
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		TransferResult result = backup();
		assertEquals(4, result.filesSent());
		assertEquals(165_536, result.bytesSent());
	}

	@Test
	void tellsTheDeviceOfAFileThatBreaksInTheMiddle() throws IOException {
		files.with(U + "/Manifest.db", random(100_000));
		plays((c, request) -> {
			files.failReadsAfter = 2;
			assertTrue(download(c, U + "/Manifest.db").getFirst().failed());
			assertEquals(-13L, c.status().getFirst());
			files.failReadsAfter = -1;
			c.finish(103, "Error reading properties");
		});
		assertEquals("device.host-read-failed", fails().code());
	}

	@Test
	void answersTheQuestionsOfTheDevice() throws IOException {
		files.with(U + "/00/a", "12345").with(U + "/Manifest.db", "x");
		plays((c, request) -> {
			files.free = 5_000_000_000L;
			assertEquals(List.of(0L, "___EmptyParameterString___", 5_000_000_000L), c.ask("DLMessageGetFreeDiskSpace"));
			assertEquals(List.of(-1L, "Operation not supported", Map.of()),
					c.ask("DLMessagePurgeDiskSpace", 1L << 40, 4L));
			assertEquals(List.of(-1L, "Operation not supported", Map.of()), c.ask("DLMessageFromTheFuture", Map.of()));
			c.send(List.of("DLMessagePing", "hello"));
			Map<?, ?> listing = (Map<?, ?>) c.ask("DLContentsOfDirectory", U).get(2);
			assertEquals(java.util.Set.of("00", "Manifest.db", "Info.plist"), listing.keySet());
			assertEquals("DLFileTypeDirectory", Dict.of(listing).dictOrEmpty("00").string("DLFileType"));
			Dict file = Dict.of(listing).dictOrEmpty("Manifest.db");
			assertEquals("DLFileTypeRegular", file.string("DLFileType"));
			assertEquals(1L, file.integer("DLFileSize"));
			assertEquals(java.time.Instant.ofEpochSecond(1_700_000_000), file.date("DLFileModificationDate"));
			assertEquals(ok(), c.ask("DLContentsOfDirectory", U + "/Snapshot"));
			assertEquals(-8L, c.ask("DLContentsOfDirectory", U + "/Manifest.db").getFirst());
			assertEquals(ok(), c.ask("DLMessageCopyItem", U + "/00", U + "/copy"));
			assertEquals(-6L, c.ask("DLMessageCopyItem", U + "/none", U + "/copy2").getFirst());
			List<?> moved = c.ask("DLMessageMoveItems", Map.of(U + "/none", U + "/x"), Map.of(), 1.0);
			assertEquals(-13L, moved.getFirst());
			assertEquals(ok(), c.ask("DLMessageRemoveFiles", List.of(U + "/copy"), Map.of(), 1.0));
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		assertFalse(files.has(U + "/copy"));
	}

	@Test
	void movesTensOfThousandsOfFilesInOneMessage() throws IOException {
		Map<String, Object> moves = new HashMap<>();
		for (int i = 0; i < 3000; i++) {
			files.with(U + "/Snapshot/" + i, "x");
			moves.put(U + "/Snapshot/" + i, U + "/" + i);
		}
		plays((c, request) -> {
			assertEquals(ok(), c.ask("DLMessageMoveItems", moves, Map.of(), 95.0));
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		assertTrue(files.has(U + "/2999"));
	}

	@Test
	void goesOnAfterFilesTheDeviceCannotRead() throws IOException {
		plays((c, request) -> {
			c.send(List.of("DLMessageUploadFiles", Map.of(), 50.0, 10L));
			c.uploadNames(U + "/Snapshot/01/first");
			c.uploadFrame(0x0b, "Permission denied".getBytes(StandardCharsets.UTF_8));
			c.uploadNames(U + "/Snapshot/02/later");
			c.uploadFrame(0x0c, new byte[10]);
			c.uploadFrame(0x0b, "I/O error".getBytes(StandardCharsets.UTF_8));
			c.uploadFile(U + "/Snapshot/03/good", new byte[] { 1 });
			assertEquals(ok(), c.uploadEnd());
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		TransferResult result = backup();
		assertEquals(List.of(new TransferResult.FileError(U + "/Snapshot/01/first", "Permission denied"),
				new TransferResult.FileError(U + "/Snapshot/02/later", "I/O error")), result.fileErrors());
		assertFalse(files.has(U + "/Snapshot/01/first"));
		assertFalse(files.has(U + "/Snapshot/02/later"));
		assertTrue(files.has(U + "/Snapshot/03/good"));
	}

	@Test
	void answersAFullDiskInsteadOfWaiting() {
		plays((c, request) -> {
			files.free = 100_000;
			c.send(List.of("DLMessageUploadFiles", Map.of(), 50.0, 10L));
			c.uploadFile(U + "/Snapshot/01/big", random(500_000));
			c.uploadFile(U + "/Snapshot/02/small", random(5));
			List<?> answer = c.uploadEnd();
			assertEquals(-15L, answer.getFirst());
			assertEquals("No space left on device", answer.get(1));
			c.finish(104, "Multiple errors uploading files");
		});
		Problem problem = fails();
		assertEquals("device.host-disk-full", problem.code());
		assertFalse(files.has(U + "/Snapshot/01/big"));
		assertFalse(files.has(U + "/Snapshot/02/small"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "../evil", "/etc/passwd", "OTHER/file", U + "/../../evil", U + "//x", "", U + "/con",
			U + "/a\\b", U + "/a:b" })
	void refusesHostilePathsAndWritesNothing(String path) {
		plays((c, request) -> {
			c.send(List.of("DLMessageUploadFiles", Map.of(), 50.0, 10L));
			if (path.isEmpty()) {
				c.uploadNames("..");
			} else {
				c.uploadNames(path);
			}
			c.uploadFrame(0x0c, new byte[200_000]);
			c.uploadFrame(0, new byte[0]);
			c.uploadFile(U + "/Snapshot/after", new byte[1]);
			assertEquals(-1L, c.uploadEnd().getFirst());
		});
		List<String> before = List.of(U, U + "/Info.plist");
		assertEquals(TreePath.REFUSED.code(), fails().code());
		assertEquals(before, files.paths());
	}

	@ParameterizedTest
	@ValueSource(strings = { "create", "move-from", "move-to", "remove", "copy", "remove-root", "download" })
	void refusesHostilePathsInEveryMessage(String kind) {
		files.with(U + "/a", "x").with("OTHER/a", "x");
		plays((c, request) -> {
			switch (kind) {
				case "create" -> c.ask("DLMessageCreateDirectory", "../x");
				case "move-from" -> c.ask("DLMessageMoveItems", Map.of("OTHER/a", U + "/b"), Map.of(), 1.0);
				case "move-to" -> c.ask("DLMessageMoveItems", Map.of(U + "/a", "/tmp/b"), Map.of(), 1.0);
				case "remove" -> c.ask("DLMessageRemoveItems", List.of("OTHER"), Map.of(), 1.0);
				case "remove-root" -> c.ask("DLMessageRemoveItems", List.of(""), Map.of(), 1.0);
				case "copy" -> c.ask("DLMessageCopyItem", U + "/a", "../b");
				default -> {
					assertTrue(download(c, "../../etc/passwd").getFirst().failed());
					assertEquals(-13L, c.status().getFirst());
				}
			}
		});
		assertEquals(TreePath.REFUSED.code(), fails().code());
		assertTrue(files.has("OTHER/a"));
		assertTrue(files.has(U + "/a"));
	}

	@ParameterizedTest
	@CsvSource({ "1, device.failed", "2, device.files-unreadable", "3, device.needs-restart", "14, device.busy",
			"22, device.encryption-demanded", "25, device.cloud-restore-running", "102, device.needs-restart",
			"103, device.host-read-failed", "104, device.files-unreadable", "105, device.host-disk-full",
			"106, device.storage-full", "202, device.cancelled-on-device", "203, device.version-unsupported",
			"204, device.backup-missing", "205, device.backup-corrupt", "207, device.encryption-demanded",
			"208, device.needs-passcode", "209, device.backup-key-missing", "211, device.find-my-on",
			"212, device.setup-not-finished", "300, device.failed", "-1, device.failed",
			"99999999999, device.failed" })
	void tellsWhatTheDevicesErrorMeans(long code, String problem) {
		plays((c, request) -> c.finish(code, "Said 'so' {0}"));
		Problem told = fails();
		assertEquals(problem, told.code());
		assertFalse(told.remedy().isBlank());
		assertFalse(told.toString().contains("'' "));
	}

	@Test
	void tellsWhatTheDeviceSaidWithItsNumber() {
		plays((c, request) -> c.finish(205, "Manifest references files not in backup"));
		Problem problem = fails();
		assertTrue(problem.cause().contains("Manifest references files not in backup (205)"), problem.cause());
	}

	@Test
	void tellsHowMuchRoomTheDeviceWants() {
		plays((c, request) -> {
			c.ask("DLMessagePurgeDiskSpace", 12_300_000_000L, 4L);
			c.finish(105, "Insufficient free disk space on drive to back up");
		});
		Problem problem = fails();
		assertEquals("device.host-disk-full", problem.code());
		assertTrue(problem.cause().contains("12"), problem.cause());
	}

	@Test
	void saysThatEncryptionIsDemandedIfTheDeviceHasNone() {
		plays((c, request) -> c.finish(207, "Backup must be encrypted"));
		assertEquals("device.encryption-demanded", fails().code());
	}

	@Test
	void asksForAnEscrowBagIfTheDeviceIsLockedAndThePairingHasNone() throws Exception {
		device.escrowBag = null;
		device.paired();
		plays((c, request) -> c.finish(208, "Device locked"));
		assertEquals("device.escrow-missing", fails().code());
		assertTrue(device.journal.contains("start com.apple.mobilebackup2"));
	}

	@Test
	void doesNotTrustSuccessWithoutAFinishedStatus() {
		plays((c, request) -> {
			c.upload(U + "/Status.plist", status("uploading", true));
			c.finish(0, "");
		});
		assertEquals("device.unfinished", fails().code());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void saysThatTheConnectionBrokeWhereverItIsCut(int point) {
		device.services.put("com.apple.mobilebackup2", c -> {
			Runnable[] none = {};
			assertEquals(0, none.length);
			int[] left = { point };
			if (left[0]-- == 0) {
				return;
			}
			c.send(List.of("DLMessageVersionExchange", 300L, 0L));
			c.receive();
			if (left[0]-- == 0) {
				return;
			}
			c.send(List.of("DLMessageDeviceReady"));
			c.receive();
			if (left[0]-- == 0) {
				return;
			}
			c.send(List.of("DLMessageProcessMessage", Map.of("ErrorCode", 0L, "ProtocolVersion", 2.1)));
			c.receive();
			if (left[0]-- == 0) {
				return;
			}
			c.send(List.of("DLMessageUploadFiles", Map.of(), 10.0, 1L));
			cutUpload(c, left[0]);
		});
		Problem problem = fails();
		assertEquals("device.connection-lost", problem.code());
		assertFalse(files.has(U + "/Snapshot/ab/cut"));
	}

	private static void cutUpload(FakeConnection c, int bytesOfNine) throws IOException {
		c.uploadNames(U + "/Snapshot/ab/whole");
		c.uploadFrame(0x0c, new byte[3]);
		c.uploadFrame(0, new byte[0]);
		c.uploadNames(U + "/Snapshot/ab/cut");
		c.out.write(new byte[] { 0, 0, 0, 100, 0x0c, 1, 2, 3, 4 }, 0, bytesOfNine);
	}

	@Test
	void keepsNoFileThatWasCutOff() {
		plays((c, request) -> {
			c.send(List.of("DLMessageUploadFiles", Map.of(), 10.0, 1L));
			c.uploadFile(U + "/Snapshot/ab/whole", new byte[3]);
			c.uploadNames(U + "/Snapshot/ab/cut");
			c.out.writeInt(1000);
			c.out.writeByte(0x0c);
			c.out.write(new byte[500]);
			c.close();
		});
		assertEquals("device.connection-lost", fails().code());
		assertTrue(files.has(U + "/Snapshot/ab/whole"));
		assertFalse(files.has(U + "/Snapshot/ab/cut"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-array", "no-name", "huge", "zero", "garbage", "long-name", "no-path", "bad-move",
			"bad-remove", "no-code", "early-disconnect", "lying-list" })
	void endsWithAProblemWhateverTheDeviceSends(String kind) {
		plays((c, request) -> {
			switch (kind) {
				case "no-array" -> c.send(Map.of("a", "b"));
				case "no-name" -> c.send(List.of(5L));
				case "huge" -> c.out.writeInt(-1);
				case "zero" -> c.out.writeInt(0);
				case "garbage" -> c.sendFrame(random(500));
				case "long-name" -> {
					c.send(List.of("DLMessageUploadFiles", Map.of(), 10.0, 1L));
					c.out.writeInt(5000);
				}
				case "no-path" -> {
					c.send(List.of("DLMessageUploadFiles", Map.of(), 10.0, 1L));
					c.out.writeInt(1);
					c.out.writeByte('x');
					c.out.writeInt(0);
				}
				case "bad-move" -> c.send(List.of("DLMessageMoveItems", Map.of("a", 5L)));
				case "bad-remove" -> c.send(List.of("DLMessageRemoveItems", List.of(5L)));
				case "no-code" -> c.send(List.of("DLMessageProcessMessage", Map.of("MessageName", "Response")));
				case "lying-list" -> {
					List<Object> paths = new ArrayList<>();
					for (int i = 0; i < 2000; i++) {
						paths.add(U + "/" + i);
					}
					byte[] plist = Plist.binary(List.of("DLMessageRemoveItems", paths));
					Arrays.fill(plist, plist.length - 32 - 200, plist.length - 32, (byte) 0xff);
					c.sendFrame(plist);
				}
				default -> c.send(List.of("DLMessageDisconnect", "bye"));
			}
			c.in.transferTo(java.io.OutputStream.nullOutputStream());
			throw new java.io.EOFException();
		});
		Problem problem = fails();
		assertEquals(kind.equals("early-disconnect") ? "device.connection-lost" : "device.protocol", problem.code());
	}

	@Test
	void refusesANewerProtocol() {
		device.services.put("com.apple.mobilebackup2", c -> c.send(List.of("DLMessageVersionExchange", 500L, 0L)));
		assertEquals("device.protocol-too-new", fails().code());
	}

	@Test
	void saysThatBackupsAreForbiddenIfTheServiceIsRefused() {
		assertEquals("device.backup-forbidden", fails().code());
	}

	@Test
	void tellsThePersonToEnterThePasscode() throws IOException {
		device.root.put("ProductVersion", "17.4");
		plays((c, request) -> {
			device.notifyHost("com.apple.LocalAuthentication.ui.presented");
			device.notifyHost("com.apple.LocalAuthentication.ui.dismissed");
			while (events.stream().noneMatch(e -> e.toString().contains("device.passcode-answered"))) {
				Thread.onSpinWait();
			}
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		List<String> notices = events.stream().filter(JobEvent.Notice.class::isInstance)
				.map(e -> ((JobEvent.Notice) e).code()).toList();
		assertEquals(List.of("device.may-ask-passcode", "device.enter-passcode", "device.passcode-answered"), notices);
	}

	@Test
	void endsWhenThePersonCancelsOnTheDevice() {
		plays((c, request) -> {
			device.notifyHost("com.apple.itunes-client.syncCancelRequest");
			c.ask("DLMessageGetFreeDiskSpace");
			c.finish(202, "Cancelled");
		});
		assertEquals("device.cancelled-on-device", fails().code());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endsSoonWhenCancelledHere(boolean inTheMiddleOfAFile) throws Exception {
		CountDownLatch silent = new CountDownLatch(1);
		device.services.put("com.apple.mobilebackup2", c -> {
			greet(c);
			request(c);
			if (inTheMiddleOfAFile) {
				c.send(List.of("DLMessageUploadFiles", Map.of(), 10.0, 1L));
				c.uploadNames(U + "/Snapshot/ab/cut");
				c.out.writeInt(1000);
				c.out.writeByte(0x0c);
				c.out.write(new byte[500]);
			}
			silent.countDown();
			closing(c);
			device.journal.add("goodbye");
		});
		Thread canceller = Thread.ofVirtual().start(() -> {
			try {
				assertTrue(silent.await(30, TimeUnit.SECONDS));
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			control.cancel();
		});
		assertThrows(CancelledException.class, this::backup);
		canceller.join();
		assertTrue(device.journal.contains("unlock"));
		assertTrue(device.journal.contains("post com.apple.itunes-mobdev.syncDidFinish"));
		assertFalse(files.has(U + "/Snapshot/ab/cut"));
	}

	@Test
	void doesNothingIfCancelledBefore() {
		control.cancel();
		assertThrows(CancelledException.class, this::backup);
		assertEquals(List.of(), files.paths());
	}

	@Test
	void endsWhenTheDeviceDepartsThoughItsConnectionsHang() {
		plays((c, request) -> {
			device.announceDeparture();
			c.in.transferTo(java.io.OutputStream.nullOutputStream());
			throw new java.io.EOFException();
		});
		assertEquals("device.connection-lost", fails().code());
	}

	@Test
	void saysThatASilentDeviceDoesNotRespond() throws IOException {
		plays((c, request) -> {
			c.in.transferTo(java.io.OutputStream.nullOutputStream());
			throw new java.io.EOFException();
		});
		Timing impatient = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofMillis(50),
				Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1), 50, Duration.ofMillis(200));
		try (DeviceSession session = new DeviceClient(device, device.attached, impatient).open()) {
			ProblemException failure = assertThrows(ProblemException.class,
					() -> session.backup(new BackupOptions(false), files, JobMonitor.NONE));
			assertEquals("device.not-responding", failure.problem().code());
		}
	}

	@Test
	void saysThatADeviceThatReadsNoMoreDoesNotRespond() throws IOException {
		files.with(U + "/Manifest.db", random(40_000_000)).with(U + "/Manifest.plist", "x").with(U + "/Status.plist",
				status("finished", true));
		CountDownLatch over = new CountDownLatch(1);
		plays((c, request) -> {
			c.send(List.of("DLMessageDownloadFiles", List.of(U + "/Manifest.db"), Map.of(), 20.0));
			assertTrue(over.await(50, TimeUnit.SECONDS));
			throw new java.io.EOFException();
		});
		Timing impatient = new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(1),
				Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1), 50, Duration.ofMillis(200));
		try (DeviceSession session = new DeviceClient(device, device.attached, impatient).open()) {
			ProblemException failure = assertThrows(ProblemException.class,
					() -> session.backup(new BackupOptions(false), files, JobMonitor.NONE));
			assertEquals("device.not-responding", failure.problem().code());
		} finally {
			over.countDown();
		}
	}

	@Test
	void asksForAFullBackupWhenWished() throws IOException {
		plays((c, request) -> {
			assertTrue(request.dictOrEmpty("Options").isTrue("ForceFullBackup"));
			c.upload(U + "/Status.plist", status("finished", true));
			c.finish(0, "");
		});
		backup(new BackupOptions(true));
	}

	@Test
	void clearsAnEmptyManifestThatWouldPoisonTheNextRun() throws IOException {
		files.with(U + "/Status.plist", status("finished", true)).with(U + "/Manifest.plist", "");
		plays((c, request) -> {
			assertTrue(request.dictOrEmpty("Options").isTrue("ForceFullBackup"));
			assertTrue(download(c, U + "/Status.plist").getFirst().failed());
			c.status();
			c.upload(U + "/Status.plist", status("finished", true));
			c.finish(0, "");
		});
		backup();
		assertFalse(files.has(U + "/Manifest.plist"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "uploading", "moving", "removing" })
	void leavesAnInterruptedRunForTheDeviceToResume(String state) throws IOException {
		files.with(U + "/Status.plist", status(state, true)).with(U + "/Snapshot/ab/abcd", "x");
		plays((c, request) -> {
			assertFalse(request.has("Options"));
			assertFalse(download(c, U + "/Status.plist").getFirst().failed());
			c.status();
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		assertTrue(files.has(U + "/Snapshot/ab/abcd"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3", "plain" })
	void worksWithAndWithoutTls(String protocol) throws IOException {
		device.serviceTls = !protocol.equals("plain");
		device.tls = device.serviceTls;
		if (device.tls) {
			device.protocols = new String[] { protocol };
		}
		byte[] content = random(200_000);
		plays((c, request) -> {
			c.upload(U + "/00/a", content);
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		assertArrayEquals(content, files.content(U + "/00/a"));
	}

	@Test
	void reportsProgressAndStages() throws IOException {
		plays((c, request) -> {
			c.upload(U + "/00/a", new byte[10]);
			c.upload(U + "/Status.plist", status("finished", false));
			c.finish(0, "");
		});
		backup();
		List<String> phases = events.stream().filter(JobEvent.Phase.class::isInstance)
				.map(e -> ((JobEvent.Phase) e).phase()).toList();
		assertEquals(List.of("connecting", "preparing", "applications", "waiting", "receiving", "finishing"), phases);
		JobEvent.Progress last = events.stream().filter(JobEvent.Progress.class::isInstance)
				.map(JobEvent.Progress.class::cast).reduce((a, b) -> b).orElseThrow();
		assertEquals(0.1, last.fraction());
		assertEquals(2, last.filesDone());
	}
}
