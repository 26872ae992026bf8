// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.core.Udid;

/**
 * Where everything lies in a folder of backups. Names for the device's newest backup and for archived ones are those of
 * Apple's programs; everything of Keepsake's own lies below {@code .keepsake}, on the same file system, so that a
 * rename moves a whole backup. Looks at names only, except where a method says so.
 *
 * @param folder the folder of backups, absolute
 */
record Layout(Path folder) {

	private static final String OWN = ".keepsake";
	private static final DateTimeFormatter ARCHIVED = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
	private static final Pattern NAME = Pattern
			.compile("([0-9A-Fa-f]{40}|[0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}|[0-9A-Fa-f]{24})(-\\d{8}-\\d{6})?");

	/** Keepsake's own folder. */
	Path own() {
		return folder.resolve(OWN);
	}

	/** Held locked by whoever works on the device's backup. Never deleted. */
	Path lock(Udid udid) {
		return device(udid).resolve("lock");
	}

	/** What the work folder was made from; written once the work folder is whole. */
	Path workState(Udid udid) {
		return device(udid).resolve("work.properties");
	}

	/** The commit that is under way. */
	Path journal(Udid udid) {
		return device(udid).resolve("commit.properties");
	}

	/** Which archived backups are Keepsake's own to prune. */
	Path versions(Udid udid) {
		return device(udid).resolve("versions");
	}

	/** The root a device sees while it makes a backup. */
	Path work(Udid udid) {
		return own().resolve("work").resolve(key(udid));
	}

	/** Names the file that is being received. */
	Path inFlight(Udid udid) {
		return device(udid).resolve("receiving");
	}

	/** Files that are being received to replace others. */
	Path parts(Udid udid) {
		return own().resolve("parts").resolve(key(udid));
	}

	/** What is being deleted. */
	Path trash(Udid udid) {
		return own().resolve("trash").resolve(key(udid));
	}

	/** A new name in the trash. */
	Path newTrash(Udid udid) {
		return trash(udid).resolve(UUID.randomUUID().toString());
	}

	/** Sizes that were counted once. */
	Path sizes() {
		return own().resolve("sizes");
	}

	/** The devices for which there is own state. Reads the folder. */
	List<Udid> devicesWithState() throws IOException {
		List<Udid> devices = new ArrayList<>();
		for (Path child : children(own().resolve("devices"))) {
			String name = child.getFileName().toString();
			if (Udid.isValid(name)) {
				devices.add(new Udid(name));
			}
		}
		return devices;
	}

	/** The device's newest backup: where it is, in whatever case its name is spelled, or where it goes. Reads. */
	Path newest(Udid udid) throws IOException {
		Path exact = folder.resolve(udid.value());
		if (Files.exists(exact, LinkOption.NOFOLLOW_LINKS)) {
			return exact;
		}
		for (Path child : children(folder)) {
			if (child.getFileName().toString().equalsIgnoreCase(udid.value())) {
				return child;
			}
		}
		return exact;
	}

	/** A free name for the device's archived backup, as Apple's programs form it: in the computer's local time. */
	Path archive(String folderName, Instant made, ZoneId zone) {
		Instant time = made;
		while (true) {
			Path name = folder.resolve(folderName + '-' + ARCHIVED.format(time.atZone(zone)));
			if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
				return name;
			}
			time = time.plusSeconds(1);
		}
	}

	/** The device that a backup folder's name tells, if it has one of Apple's forms. */
	static Optional<Udid> deviceOf(String folderName) {
		Matcher matcher = NAME.matcher(folderName);
		return matcher.matches() ? Optional.of(new Udid(matcher.group(1))) : Optional.empty();
	}

	/** The immediate children of a folder; none if it is not there. */
	static List<Path> children(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		List<Path> children = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
			stream.forEach(children::add);
		} catch (java.nio.file.DirectoryIteratorException e) {
			throw e.getCause();
		}
		return children;
	}

	private Path device(Udid udid) {
		return own().resolve("devices").resolve(key(udid));
	}

	private static String key(Udid udid) {
		return udid.value().toLowerCase(Locale.ROOT);
	}
}
