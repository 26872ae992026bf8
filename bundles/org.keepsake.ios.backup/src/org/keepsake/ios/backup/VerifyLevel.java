// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

/** How much a verification proves. */
public enum VerifyLevel {
	/** All files of the index are there and their sizes agree. */
	STRUCTURE,
	/** Besides, every file decrypts and has its recorded size and, where the device recorded one, its digest. */
	CRYPTO
}
