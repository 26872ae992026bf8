// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;

/**
 * Opens targets of one kind; the class named in an extension to {@code org.keepsake.core.targets}. Has a public
 * constructor without parameters.
 */
public interface TargetFactory {

	/** Whether the location is of this factory's kind; looks at the text only. */
	boolean accepts(String location);

	/** The place where backups go if the person chose none, or null if this kind has no such place. */
	@org.eclipse.jdt.annotation.Nullable
	String defaultLocation();

	/** Opens the target; a folder that does not exist yet is created by the first backup, not by this. */
	BackupTarget open(String location) throws IOException;
}
