// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.io.IOException;
import java.nio.file.Path;

/** The framework names its folders by URLs that it does not encode, so that some characters cut a path short. */
final class UnusableFolderException extends IOException {

	private static final long serialVersionUID = 1L;

	private UnusableFolderException(String message) {
		super(message);
	}

	/**
	 * Refuses what the framework would misread.
	 *
	 * @param folder the installation, or what the person chose for Keepsake's own files
	 * @param remedy what the person can do
	 */
	static void check(Path folder, String remedy) throws UnusableFolderException {
		if (folder.toString().matches(".*[#%?].*")) {
			throw new UnusableFolderException(
					"Keepsake cannot work in " + folder + ", because of a #, % or ? in the name. " + remedy);
		}
	}
}
