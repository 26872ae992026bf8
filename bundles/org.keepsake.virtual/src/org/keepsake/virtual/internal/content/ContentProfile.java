// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * Gives a new virtual iPhone its content: the roots of its domains, the few files that the system makes, entries that
 * have tripped other programs, and the generated payload that the options ask for. The same seed gives the same content.
 */
public final class ContentProfile {

	/** The domains whose root every device has. */
	static final List<String> DOMAINS = List.of("CameraRollDomain", "DatabaseDomain", "HealthDomain", "HomeDomain",
			"HomeKitDomain", "InstallDomain", "KeyboardDomain", "KeychainDomain", "ManagedPreferencesDomain",
			"MediaDomain", "MobileDeviceDomain", "NetworkDomain", "ProtectedDomain", "RootDomain",
			"SystemPreferencesDomain", "TonesDomain", "WirelessDomain");

	private static final Instant BORN = Instant.parse("2024-02-29T08:00:00Z");
	private static final int MOBILE = 501;
	/** An inode that makes the archive of the manifest's entry use object numbers above 255. */
	private static final long WIDE_INODE = 251 * 40_000L;
	private static final int[] CLASSES = { 3, 3, 3, 4, 1, 2, 3, 3 };

	private final VirtualFiles files;
	private final long seed;
	private final Set<String> directories = new HashSet<>();
	private long made;

	private ContentProfile(VirtualFiles files, long seed) {
		this.files = files;
		this.seed = seed;
	}

	/** Fills the files of a phone that has none. */
	public static void fill(VirtualOptions options, Phone phone) throws IOException {
		fill(options, phone.files());
		if (!options.blank()) {
			AppleContent.fill(options, phone);
		}
	}

	static void fill(VirtualOptions options, VirtualFiles store) throws IOException {
		store.batch(files -> {
			ContentProfile profile = new ContentProfile(files, options.seed());
			profile.roots();
			profile.system();
			if (!options.blank()) {
				profile.edges();
				profile.payload(options.files(), options.bytes());
			}
		});
	}

	private void roots() throws IOException {
		for (String domain : DOMAINS) {
			directory(domain, "");
		}
	}

	private void system() throws IOException {
		text("SystemPreferencesDomain", "SystemConfiguration/preferences.plist", preferences("Model", "virtual"));
		text("SystemPreferencesDomain", "SystemConfiguration/com.apple.wifi.plist", preferences("AllowEnable", "yes"));
		text("RootDomain", "Library/Preferences/com.apple.MobileBackup.plist", preferences("Version", "1"));
		text("WirelessDomain", "Library/Preferences/com.apple.commcenter.plist", preferences("Setup", "done"));
		text("HomeDomain", "Library/Preferences/com.apple.Preferences.plist", preferences("Seed", Long.toString(seed)));
	}

	private static String preferences(String key, String value) {
		return """
				<?xml version="1.0" encoding="UTF-8"?>
				<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
				<plist version="1.0"><dict><key>%s</key><string>%s</string></dict></plist>
				""".formatted(key, value);
	}

	/** What has tripped programs that read or make backups. */
	private void edges() throws IOException {
		String domain = "AppDomain-org.example.edges";
		text(domain, "Documents/empty", "");
		for (int size : new int[] { 1, 15, 16, 17, 4096, 32768, 65536, 65537 }) {
			generated(domain, "Documents/sizes/" + size + ".bin", size);
		}
		directory(domain, "Documents/empty folder");
		directory(domain, "Documents/a/b/c/d/e/f");
		link(domain, "Documents/relative link", "sizes/16.bin");
		link(domain, "Documents/absolute link", "/var/mobile/Media/DCIM");
		link(domain, "Documents/dangling link", "nowhere/at all");
		text(domain, "Documents/caf\u00e9 composed.txt", "one code point");
		text(domain, "Documents/cafe\u0301 decomposed.txt", "two code points");
		text(domain, "Documents/\u5bb6\u65cf\u306e\u5199\u771f.txt", "kanji and kana");
		text(domain, "Documents/\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 family.txt", "joined emoji");
		text(domain, "Documents/\u05e9\u05dc\u05d5\u05dd right to left.txt", "hebrew");
		text(domain, "Documents/quote ' \" back\\slash : colon * ? < > |.txt", "what Windows refuses");
		text(domain, "Documents/CON.txt", "a Windows device");
		text(domain, "Documents/-rf", "looks like an option");
		text(domain, "Documents/ trailing space ", "spaces");
		text(domain, "Documents/" + "n".repeat(250) + ".txt", "a name of 254 bytes");
		text(domain, "Documents/Upper.txt", "upper case");
		text(domain, "Documents/upper.txt", "lower case");
		byte[] attributes = "bplist00\u00d1\u0001\u0002_\u0010\u0017com.example.attributeOne".getBytes(
				StandardCharsets.ISO_8859_1);
		write(file(domain, "Documents/attributes.txt", 3, 0, attributes), "carries attributes");
		write(file(domain, "Documents/many objects.txt", 3, WIDE_INODE, attributes), "is archived with many objects");
	}

	/** The files that the options ask for, whose sizes add up to exactly the bytes asked for. */
	private void payload(int count, long bytes) throws IOException {
		double total = 0;
		for (int i = 0; i < count; i++) {
			total += weight(i);
		}
		double sum = 0;
		long before = 0;
		for (int i = 0; i < count; i++) {
			sum += weight(i);
			long until = i == count - 1 ? bytes : Math.min(bytes, (long) (bytes * (sum / total)));
			Place place = place(i);
			VirtualFile file = file(place.domain, place.path, CLASSES[i % CLASSES.length], 0, null);
			parents(place.domain, place.path);
			files.generate(file, GeneratedStream.number(seed, i), until - before);
			before = until;
		}
	}

	private double weight(int index) {
		return 0.25 + 1.5 * ((GeneratedStream.number(~seed, index) >>> 11) * 0x1.0p-53);
	}

	private record Place(String domain, String path) {
	}

	private static Place place(int i) {
		int folder = i / 1000;
		return switch (i % 10) {
			case 0, 1, 2, 3 -> new Place("CameraRollDomain",
					"Media/DCIM/%dAPPLE/IMG_%04d.%s".formatted(100 + folder, i % 10_000, i % 4 == 0 ? "HEIC" : "JPG"));
			case 4, 5 -> new Place("AppDomain-org.example.notes",
					"Documents/Notizb\u00fccher/%d/Seite %d.note".formatted(folder, i));
			case 6 -> new Place("MediaDomain", "Media/Recordings/%d/Aufnahme \u2116 %d.m4a".formatted(folder, i));
			case 7 -> new Place("AppDomainGroup-group.org.example.chat", "Media/%d/\u8a71 %d.dat".formatted(folder, i));
			case 8 ->
				new Place("HomeDomain", "Library/Mobile Documents/%d/e\u0301te\u0301 %d.bin".formatted(folder, i));
			default ->
				new Place("AppDomainPlugin-org.example.notes.widget", "Library/Caches/%d/%08x".formatted(folder, i));
		};
	}

	private void text(String domain, String path, String text) throws IOException {
		write(file(domain, path, CLASSES[(int) (made % CLASSES.length)], 0, null), text);
	}

	private void write(VirtualFile file, String text) throws IOException {
		parents(file.domain(), file.path());
		files.write(file, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	private void generated(String domain, String path, long size) throws IOException {
		parents(domain, path);
		files.generate(file(domain, path, CLASSES[(int) (made % CLASSES.length)], 0, null), seed ^ path.hashCode(),
				size);
	}

	private void directory(String domain, String path) throws IOException {
		if (directories.add(domain + "-" + path)) {
			if (!path.isEmpty()) {
				parents(domain, path);
			}
			files.put(entry(domain, path, Kind.DIRECTORY, 0755, 0, 0, null, null));
		}
	}

	private void link(String domain, String path, String target) throws IOException {
		parents(domain, path);
		files.put(entry(domain, path, Kind.LINK, 0755, 0, 0, target, null));
	}

	/** The directories above a path are entries too. */
	private void parents(String domain, String path) throws IOException {
		int slash = path.lastIndexOf('/');
		directory(domain, slash < 0 ? "" : path.substring(0, slash));
	}

	private VirtualFile file(String domain, String path, int protectionClass, long inode,
			byte @Nullable [] attributes) {
		return entry(domain, path, Kind.FILE, 0644, protectionClass, inode, null, attributes);
	}

	private VirtualFile entry(String domain, String path, Kind kind, int mode, int protectionClass, long inode,
			@Nullable String target, byte @Nullable [] attributes) {
		Instant time = BORN.plusSeconds(37 * made++);
		return new VirtualFile(domain, path, kind, mode, MOBILE, MOBILE, inode, time, time, BORN, 0, protectionClass,
				target, attributes);
	}
}
