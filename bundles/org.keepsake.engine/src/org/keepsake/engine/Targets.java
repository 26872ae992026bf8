// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.target.BackupTarget;

/** The places where backups are kept: configured names, and the default one. Thread-safe. */
public interface Targets {

	/** The configured targets, the default one among them. */
	List<Entry> list() throws IOException;

	/** Adds a target. Problems: the name is taken, no bundle knows such a location. */
	Entry add(String name, String location, boolean makeDefault) throws IOException;

	/** Forgets a target; its backups stay where they are. */
	void remove(String name) throws IOException;

	/** The default target. */
	Entry defaultTarget() throws IOException;

	/** Opens a target by its configured name, or by its location such as a folder. */
	BackupTarget open(String nameOrLocation) throws IOException;

	/**
	 * A configured target.
	 *
	 * @param name      what the person calls it
	 * @param location  where it is
	 * @param isDefault whether backups go there if nothing else is said
	 */
	record Entry(String name, String location, boolean isDefault) {
	}
}
