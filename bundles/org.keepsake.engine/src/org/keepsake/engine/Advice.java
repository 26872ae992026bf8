// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What people ask about backups, answered: for a help page, a link beside a finding, or the end of a command's output.
 * Texts: {@code advice.properties} beside this class.
 */
public enum Advice {
	/** What a lost backup password means, and what Reset All Settings does and does not do. */
	PASSWORD_FORGOTTEN("password-forgotten"),
	/** Which of the passwords in a person's life the backup password is. */
	WHICH_PASSWORD("which-password"),
	/** What only an encrypted backup holds. */
	WHY_ENCRYPT("why-encrypt"),
	/** What no backup on a computer holds. */
	NOT_IN_A_BACKUP("not-in-a-backup"),
	/** Why the device asks for its passcode at each backup. */
	PASSCODE_PROMPT("passcode-prompt"),
	/** A backup that is slow, stuck or was interrupted. */
	BACKUP_INTERRUPTED("backup-interrupted"),
	/** A restore that is slow or seems stuck. */
	RESTORE_SLOW("restore-slow"),
	/** Whether a restore erases what is on the device now. */
	RESTORE_ERASES("restore-erases"),
	/** Restoring from another computer. */
	OTHER_COMPUTER("other-computer"),
	/** iCloud Backup beside backups on a computer. */
	CLOUD_OR_COMPUTER("cloud-or-computer"),
	/** Why iCloud runs out of room. */
	CLOUD_FULL("cloud-full"),
	/** How long iCloud keeps the backup of a device that is gone, and room while moving to a new one. */
	CLOUD_LIMITS("cloud-limits"),
	/** A device too full to be backed up or restored onto. */
	DEVICE_FULL("device-full");

	private final String id;

	Advice(String id) {
		this.id = id;
	}

	/** The stable name of the topic. */
	public String id() {
		return id;
	}

	/** The question, as a person asks it. */
	public String question() {
		return texts().getString(id + ".question");
	}

	/** The answer, a few sentences. */
	public String answer() {
		return texts().getString(id + ".answer");
	}

	/** All topics, in the order in which they are best read. */
	public static List<Advice> all() {
		return Arrays.asList(values());
	}

	private static ResourceBundle texts() {
		return ResourceBundle.getBundle("org.keepsake.engine.advice", Locale.getDefault(),
				Advice.class.getClassLoader());
	}
}
