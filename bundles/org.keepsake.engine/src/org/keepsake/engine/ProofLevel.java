// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.Locale;

import org.keepsake.ios.backup.VerifyLevel;

/** How much a proof of a backup tells; each level tells something else besides what those before it do. */
public enum ProofLevel {
	/** All files of the index are there with their sizes. */
	STRUCTURE,
	/** Every file was read and decrypted, and has its recorded size and, where the device recorded one, its digest. */
	CRYPTO,
	/** Every data set opens, its databases are sound, and its records are counted. */
	CONTENT,
	/** It was restored onto a simulated device, which then held every file and every record. */
	DRILL;

	/** The same level of the backup itself. */
	public static ProofLevel of(VerifyLevel level) {
		return switch (level) {
			case STRUCTURE -> STRUCTURE;
			case CRYPTO -> CRYPTO;
		};
	}

	/** What a person and a program call it. */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}
}
