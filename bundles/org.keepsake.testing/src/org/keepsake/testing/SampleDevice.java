// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;

/**
 * Writes backups into a {@link HostFiles} in the order in which iOS does: folders, state {@code uploading}, new files
 * below {@code Snapshot}, state {@code moving}, files to their places, state {@code removing}, surplus removed, state
 * {@code finished}. It goes on from whatever an interrupted run left. The content comes from a seed, so another process
 * can make the same. It knows the layout only: its {@code Manifest.db} is an empty database, and nothing is encrypted.
 */
public final class SampleDevice {

	private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");

	private final Udid udid;
	private final long seed;
	private final Map<String, byte[]> files = new TreeMap<>();
	private int version;

	/** @param seed what its content is made from */
	public SampleDevice(Udid udid, long seed) {
		this.udid = udid;
		this.seed = seed;
		Random random = new Random(seed);
		for (int i = 0; i < 40; i++) {
			add("file-" + i, random);
		}
		add("empty", new byte[0]);
		add("large", bytes(random, 300_000));
	}

	/** Its identifier. */
	public Udid udid() {
		return udid;
	}

	/** Alters, adds and removes files: the next backup differs from the last in all three ways. */
	public void change() {
		version++;
		Random random = new Random(seed * 31 + version);
		List<String> ids = new ArrayList<>(files.keySet());
		for (int i = 0; i < 5; i++) {
			files.put(ids.get(random.nextInt(ids.size())), bytes(random, 1 + random.nextInt(20_000)));
			files.remove(ids.get(random.nextInt(ids.size())));
			add("file-" + version + '-' + i, random);
		}
	}

	/** Sets the number of changes made since the beginning, as {@link #change} does one by one. */
	public SampleDevice atVersion(int number) {
		if (number < version) {
			throw new IllegalArgumentException("A device does not go back");
		}
		while (version < number) {
			change();
		}
		return this;
	}

	private void add(String path, Random random) {
		add(path, bytes(random, 1 + random.nextInt(20_000)));
	}

	private void add(String path, byte[] content) {
		files.put(fileId("HomeDomain-" + path), content);
	}

	private static byte[] bytes(Random random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	/** What a finished backup of this moment holds: paths below the backup's folder, and digests of their content. */
	public Map<String, String> content() {
		Map<String, String> content = new TreeMap<>();
		files.forEach((id, bytes) -> content.put(place(id), digest(bytes)));
		content.put("Info.plist", digest(info()));
		content.put("Status.plist", digest(status("finished")));
		content.put("Manifest.plist", digest(manifest()));
		content.put("Manifest.db", digest(database()));
		return content;
	}

	/** What a tree holds, in the form of {@link #content()}. */
	public static Map<String, String> contentOf(BackupTree tree) throws IOException {
		Map<String, String> content = new TreeMap<>();
		collect(tree, TreePath.ROOT, content);
		return content;
	}

	private static void collect(BackupTree tree, TreePath folder, Map<String, String> content) throws IOException {
		for (TreeEntry entry : tree.list(folder)) {
			TreePath path = folder.resolve(entry.name());
			if (entry.isDirectory()) {
				collect(tree, path, content);
			} else {
				try (SeekableByteChannel channel = tree.open(path)) {
					content.put(path.value(), digest(read(channel)));
				}
			}
		}
	}

	/** When the backup of this moment is made. */
	public Instant date() {
		return FIRST.plus(Duration.ofHours(version));
	}

	/** Writes the backup of this moment: whole. */
	public void backUp(HostFiles host) throws IOException {
		backUp(host, Integer.MAX_VALUE);
	}

	/**
	 * Writes the backup of this moment, and stops after so many operations as if the cable were pulled.
	 *
	 * @return whether it was finished
	 */
	public boolean backUp(HostFiles host, int operations) throws IOException {
		try {
			new Run(host, operations).run();
			return true;
		} catch (CableFell _) {
			return false;
		}
	}

	private static final class CableFell extends RuntimeException {
		private static final long serialVersionUID = 1L;

		CableFell() {
			super("unplugged", null, false, false);
		}
	}

	/** One run against one host. */
	private final class Run {

		private final HostFiles host;
		private int left;

		Run(HostFiles host, int operations) {
			this.host = host;
			this.left = operations;
		}

		void run() throws IOException {
			put("Info.plist", info());
			step();
			host.createDirectory(path("Snapshot"));
			put("Status.plist", status("uploading"));
			for (Map.Entry<String, byte[]> file : files.entrySet()) {
				if (!isThere(file.getKey(), file.getValue())) {
					put("Snapshot/" + place(file.getKey()), file.getValue());
				}
			}
			put("Snapshot/Manifest.plist", manifest());
			put("Snapshot/Manifest.db", database());
			put("Status.plist", status("moving"));
			moveAll();
			put("Status.plist", status("removing"));
			removeSurplus();
			put("Status.plist", status("finished"));
		}

		private void moveAll() throws IOException {
			for (TreeEntry entry : host.list(path("Snapshot"))) {
				if (entry.isDirectory()) {
					for (TreeEntry file : host.list(path("Snapshot/" + entry.name()))) {
						move(entry.name() + '/' + file.name());
					}
				} else {
					move(entry.name());
				}
			}
		}

		private void removeSurplus() throws IOException {
			for (TreeEntry folder : host.list(path(""))) {
				if (folder.isDirectory() && !folder.name().equals("Snapshot")) {
					for (TreeEntry file : host.list(path(folder.name()))) {
						if (!files.containsKey(file.name())) {
							step();
							host.remove(path(folder.name() + '/' + file.name()));
						}
					}
				}
			}
			step();
			host.remove(path("Snapshot"));
		}

		private boolean isThere(String id, byte[] content) throws IOException {
			for (String where : List.of(place(id), "Snapshot/" + place(id))) {
				Optional<TreeEntry> entry = host.stat(path(where));
				if (entry.isPresent() && entry.get().sizeBytes() == content.length) {
					try (SeekableByteChannel channel = host.read(path(where))) {
						if (java.util.Arrays.equals(read(channel), content)) {
							return true;
						}
					}
				}
			}
			return false;
		}

		private void move(String where) throws IOException {
			step();
			host.move(path("Snapshot/" + where), path(where));
		}

		private void put(String where, byte[] content) throws IOException {
			step();
			try (OutputStream out = host.write(path(where))) {
				for (int at = 0; at < content.length; at += 32 * 1024) {
					out.write(content, at, Math.min(32 * 1024, content.length - at));
				}
			}
		}

		private void step() {
			if (left-- <= 0) {
				throw new CableFell();
			}
		}
	}

	/** A path below this device's folder, as the device names it. */
	public TreePath path(String below) {
		return new TreePath(below.isEmpty() ? udid.value() : udid.value() + '/' + below);
	}

	private static String place(String id) {
		return id.substring(0, 2) + '/' + id;
	}

	private byte[] status(String state) {
		return plist("<key>BackupState</key><string>new</string><key>Date</key><date>" + date()
				+ "</date><key>IsFullBackup</key><" + (version == 0) + "/><key>SnapshotState</key><string>" + state
				+ "</string><key>UUID</key><string>" + seed + "</string><key>Version</key><string>3.3</string>");
	}

	private byte[] manifest() {
		return plist("<key>BackupKeyBag</key><data></data><key>Date</key><date>" + date()
				+ "</date><key>IsEncrypted</key><false/><key>Lockdown</key><dict><key>DeviceName</key><string>Sample"
				+ "</string><key>ProductType</key><string>iPhone15,2</string><key>ProductVersion</key><string>18.5"
				+ "</string><key>UniqueDeviceID</key><string>" + udid.value()
				+ "</string></dict><key>SystemDomainsVersion</key><string>20.0</string><key>Version</key>"
				+ "<string>10.0</string><key>WasPasscodeSet</key><true/>");
	}

	private byte[] info() {
		return plist("<key>Device Name</key><string>Sample</string><key>Last Backup Date</key><date>" + date()
				+ "</date><key>Product Type</key><string>iPhone15,2</string><key>Product Version</key><string>18.5"
				+ "</string><key>Target Identifier</key><string>" + udid.value() + "</string>");
	}

	private static byte[] plist(String body) {
		return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
				+ "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict>" + body
				+ "</dict></plist>\n").getBytes(StandardCharsets.UTF_8);
	}

	/** One page: an SQLite database without tables, and the device's version in its user version field. */
	private byte[] database() {
		ByteBuffer page = ByteBuffer.allocate(4096);
		page.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII)).putShort((short) 4096);
		page.put(new byte[] { 1, 1, 0, 64, 32, 32 });
		page.putInt(28, 1).putInt(44, 4).putInt(56, 1).putInt(60, version);
		page.put(100, (byte) 13).putShort(105, (short) 4096);
		return page.array();
	}

	private static byte[] read(SeekableByteChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
		while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
			// until full or the end
		}
		return bytes.array();
	}

	private static String fileId(String path) {
		return HexFormat.of().formatHex(hash("SHA-1", path.getBytes(StandardCharsets.UTF_8)));
	}

	private static String digest(byte[] content) {
		return content.length + ":" + HexFormat.of().formatHex(hash("SHA-256", content), 0, 8);
	}

	private static byte[] hash(String algorithm, byte[] content) {
		try {
			return MessageDigest.getInstance(algorithm).digest(content);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
