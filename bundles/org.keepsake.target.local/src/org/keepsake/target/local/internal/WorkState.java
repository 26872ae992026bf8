// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a work folder was made from; its presence on disk says that the work folder is whole.
 *
 * @param baseId id of the newest backup that it continues or will replace; null if there was none
 * @param begun  when it was made: whatever the device sent has a later date
 */
record WorkState(@Nullable String baseId, Instant begun) {

	/** What was written, or empty if there is nothing to be understood. */
	static Optional<WorkState> read(Path file) throws IOException {
		Optional<Properties> properties = SmallFile.properties(file);
		if (properties.isEmpty() || properties.get().getProperty("begun") == null) {
			return Optional.empty();
		}
		try {
			return Optional.of(new WorkState(properties.get().getProperty("base"),
					Instant.parse(properties.get().getProperty("begun"))));
		} catch (DateTimeParseException _) {
			return Optional.empty();
		}
	}

	void write(Path file) throws IOException {
		Properties properties = new Properties();
		if (baseId != null) {
			properties.setProperty("base", baseId);
		}
		properties.setProperty("begun", begun.toString());
		SmallFile.write(file, properties);
	}
}
