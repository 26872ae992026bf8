// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

/** Ids of model elements, commands and events: stable, because fragments and bindings name them. */
public final class Ids {

	/** The part with the devices and the backups. */
	public static final String SIDEBAR_PART = "org.keepsake.ui.part.sidebar";
	/** The part with the page of the chosen device. */
	public static final String DEVICE_PART = "org.keepsake.ui.part.device";
	/** The part with all kept backups. */
	public static final String BACKUPS_PART = "org.keepsake.ui.part.backups";
	/** A page of what is in a backup; one each. */
	public static final String INSIDE_PART = "org.keepsake.ui.part.inside";
	/** A page of what two versions differ in; one each. */
	public static final String COMPARE_PART = "org.keepsake.ui.part.compare";
	/** The stack in which pages are shown. */
	public static final String PAGES_STACK = "org.keepsake.ui.stack.pages";

	/** Backs up the chosen device. */
	public static final String BACK_UP_COMMAND = "org.keepsake.ui.command.backUpNow";
	/** Cancels the job of the chosen device. */
	public static final String CANCEL_COMMAND = "org.keepsake.ui.command.cancel";
	/** Restores the chosen backup. */
	public static final String RESTORE_COMMAND = "org.keepsake.ui.command.restore";
	/** Shows what is in the chosen backup. */
	public static final String LOOK_INSIDE_COMMAND = "org.keepsake.ui.command.lookInside";
	/** Searches what is in the backup in front. */
	public static final String FIND_COMMAND = "org.keepsake.ui.command.find";
	/** Verifies the chosen backup. */
	public static final String VERIFY_COMMAND = "org.keepsake.ui.command.verify";
	/** Checks what is in the chosen backup. */
	public static final String CONTENT_COMMAND = "org.keepsake.ui.command.content";
	/** Rehearses a restore of the chosen backup. */
	public static final String DRILL_COMMAND = "org.keepsake.ui.command.drill";
	/** Compares the chosen backup with another version. */
	public static final String COMPARE_COMMAND = "org.keepsake.ui.command.compare";
	/** Deletes the chosen backup. */
	public static final String DELETE_COMMAND = "org.keepsake.ui.command.delete";
	/** Pairs with the chosen device. */
	public static final String PAIR_COMMAND = "org.keepsake.ui.command.pair";
	/** Sets, changes or removes the backup password of the chosen device. */
	public static final String ENCRYPTION_COMMAND = "org.keepsake.ui.command.encryption";

	/** The light theme. */
	public static final String LIGHT_THEME = "org.keepsake.ui.theme.light";
	/** The dark theme. */
	public static final String DARK_THEME = "org.keepsake.ui.theme.dark";

	private Ids() {
	}
}
