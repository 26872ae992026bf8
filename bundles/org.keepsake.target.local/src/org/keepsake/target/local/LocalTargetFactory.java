// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.target.local.internal.LocalTarget;

/**
 * Opens folders as targets: absolute and relative paths, paths below {@code ~/}, and {@code file:} addresses. The path
 * of a single backup's folder opens the folder above it, with only that backup listed.
 */
public final class LocalTargetFactory implements TargetFactory {

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

	private final Map<String, String> environment;
	private final String system;
	private final Path home;

	/** For the system this runs on. */
	public LocalTargetFactory() {
		this(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
	}

	/** @param system the name of the operating system as the JDK spells it */
	LocalTargetFactory(Map<String, String> environment, String system, Path home) {
		this.environment = environment;
		this.system = system;
		this.home = home;
	}

	@Override
	public boolean accepts(String location) {
		String text = location.strip();
		return !text.isEmpty() && text.indexOf('\0') < 0
				&& (!SCHEME.matcher(text).matches() || text.regionMatches(true, 0, "file:", 0, 5));
	}

	/** Apple's own folder on macOS and Windows, the folder for a person's data on Linux. */
	@Override
	public @Nullable String defaultLocation() {
		if (system.startsWith("Mac")) {
			return home.resolve("Library/Application Support/MobileSync/Backup").toString();
		}
		if (system.startsWith("Windows")) {
			return windows().toString();
		}
		String data = environment.getOrDefault("XDG_DATA_HOME", "");
		Path base = data.startsWith("/") ? Path.of(data) : home.resolve(".local/share");
		return base.resolve("keepsake").resolve("backups").toString();
	}

	/** iTunes' folder, or that of Apple Devices and of iTunes from the Microsoft Store, whichever is there. */
	private Path windows() {
		String appData = environment.getOrDefault("APPDATA", "");
		Path roaming = appData.isEmpty() ? home.resolve("AppData").resolve("Roaming") : Path.of(appData);
		Path desktop = roaming.resolve("Apple Computer").resolve("MobileSync").resolve("Backup");
		Path store = home.resolve("Apple").resolve("MobileSync").resolve("Backup");
		return List.of(desktop, store).stream().filter(Files::isDirectory).findFirst().orElse(store);
	}

	@Override
	public BackupTarget open(String location, Context context) throws IOException {
		Path folder = path(location.strip());
		Optional<LocalTarget> one = LocalTarget.forBackupFolder(folder);
		return one.isPresent() ? one.get() : LocalTarget.at(folder);
	}

	private Path path(String location) throws IOException {
		try {
			if (location.regionMatches(true, 0, "file:", 0, 5)) {
				return Path.of(new URI(location));
			}
			return location.startsWith("~/") ? home.resolve(location.substring(2)) : Path.of(location);
		} catch (IllegalArgumentException | URISyntaxException | FileSystemNotFoundException e) {
			throw LocalProblems.NOT_A_LOCATION.exceptionBecause(e, location);
		}
	}
}
