// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.phone.Phone;

/** What the device remembers between backups, as small property lists in its state folder. */
final class Memory {

	private final Path file;

	/** A named memory of a device. */
	Memory(Phone phone, String name) throws IOException {
		file = folder(phone).resolve(name + ".plist");
	}

	/** Where the backup service keeps its state, made if it is not there. */
	static Path folder(Phone phone) throws IOException {
		return Files.createDirectories(phone.state().resolve("services").resolve("mobilebackup2"));
	}

	/** What was kept, or an empty map. */
	Map<String, Object> recall() throws IOException {
		return Files.exists(file) ? new HashMap<>(Plists.readMap(Files.readAllBytes(file))) : new HashMap<>();
	}

	@Nullable
	String text(String key) throws IOException {
		return recall().get(key) instanceof String text ? text : null;
	}

	void keep(Map<String, Object> values) throws IOException {
		Path fresh = file.resolveSibling(file.getFileName() + ".new");
		Files.write(fresh, BinaryPlistWriter.write(values));
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	void forget() throws IOException {
		Files.deleteIfExists(file);
	}
}
