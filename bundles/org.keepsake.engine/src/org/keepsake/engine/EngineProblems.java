// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/**
 * The problems a person meets with the engine itself; those of devices and backups are declared beside their own code.
 * Texts: {@code problems.properties} beside this class.
 */
public final class EngineProblems {

	/** No device can be reached. Argument: what to look at on this system. */
	public static final ProblemType NO_DEVICE = type("engine.no-device", Retry.AFTER_REMEDY);
	/** Several devices can be reached and none was named. Argument: their identifiers. */
	public static final ProblemType SEVERAL_DEVICES = type("engine.several-devices", Retry.AFTER_REMEDY);
	/** The named device cannot be reached. Argument: its identifier. */
	public static final ProblemType NOT_ATTACHED = type("engine.not-attached", Retry.AFTER_REMEDY);
	/** Another job of this process works with the device. */
	public static final ProblemType DEVICE_BUSY = type("engine.device-busy", Retry.LATER);
	/** Pairing needs the cable. Argument: the device's name or identifier. */
	public static final ProblemType PAIR_BY_CABLE = type("engine.pair-by-cable", Retry.AFTER_REMEDY);

	/** There is no place to keep backups in. */
	public static final ProblemType NO_TARGET = type("engine.no-target", Retry.AFTER_REMEDY);
	/** Neither a configured name nor a location. Arguments: what was asked for, the names there are. */
	public static final ProblemType TARGET_UNKNOWN = type("engine.target-unknown", Retry.AFTER_REMEDY);
	/** The name is used already. Arguments: the name, its location. */
	public static final ProblemType TARGET_NAME_TAKEN = type("engine.target-name-taken", Retry.AFTER_REMEDY);
	/** The name cannot be used. Argument: the name. */
	public static final ProblemType TARGET_NAME_REFUSED = type("engine.target-name-refused", Retry.AFTER_REMEDY);
	/** The built-in target cannot be removed. */
	public static final ProblemType TARGET_BUILT_IN = type("engine.target-built-in", Retry.NEVER);
	/** The name of a setting cannot be used. Argument: the name. */
	public static final ProblemType SETTING_REFUSED = type("engine.setting-refused", Retry.AFTER_REMEDY);
	/** A kind of places has no such setting. Arguments: the name, a sentence with those it has. */
	public static final ProblemType SETTING_UNKNOWN = type("engine.setting-unknown", Retry.AFTER_REMEDY);
	/** The file of a secret cannot be read. Arguments: the file, what the system said. */
	public static final ProblemType SECRET_FILE = type("engine.secret-file", Retry.AFTER_REMEDY);
	/** There is too little room. Arguments: location, free, needed. */
	public static final ProblemType TARGET_FULL = type("engine.target-full", Retry.AFTER_REMEDY);
	/** The place failed to read or write. Arguments: location, what it said. */
	public static final ProblemType TARGET_FAILED = type("engine.target-failed", Retry.LATER);

	/** No version has this id. Argument: what was asked for. */
	public static final ProblemType SNAPSHOT_NOT_FOUND = type("engine.snapshot-not-found", Retry.AFTER_REMEDY);
	/** Several versions are meant. Arguments: what was asked for, the candidates. */
	public static final ProblemType SNAPSHOT_AMBIGUOUS = type("engine.snapshot-ambiguous", Retry.AFTER_REMEDY);
	/** There is no backup yet. Argument: of what. */
	public static final ProblemType NO_BACKUPS = type("engine.no-backups", Retry.AFTER_REMEDY);

	/** The device reported success, yet the result is not whole. Argument: what is wrong. */
	public static final ProblemType RESULT_INCOMPLETE = type("engine.result-incomplete", Retry.NOW);
	/** A management profile demands encrypted backups and no password is set. */
	public static final ProblemType ENCRYPTION_REQUIRED = type("engine.encryption-required", Retry.AFTER_REMEDY);
	/** The device's backups are encrypted already. */
	public static final ProblemType ENCRYPTION_IS_ON = type("engine.encryption-is-on", Retry.AFTER_REMEDY);
	/** The device's backups are not encrypted. */
	public static final ProblemType ENCRYPTION_IS_OFF = type("engine.encryption-is-off", Retry.AFTER_REMEDY);
	/** A password without characters. */
	public static final ProblemType PASSWORD_EMPTY = type("engine.password-empty", Retry.AFTER_REMEDY);
	/** Nobody knows the backup password any more: what is lost and what is not. For explanation; never thrown. */
	public static final ProblemType PASSWORD_FORGOTTEN = type("engine.password-forgotten", Retry.NEVER);

	/** The backup is of a newer system than the device's. Arguments: the device's, the backup's. */
	public static final ProblemType IOS_TOO_OLD = type("engine.ios-too-old", Retry.AFTER_REMEDY);
	/** The backup is larger than the device. Arguments: the backup's size, room on the device. */
	public static final ProblemType DOES_NOT_FIT = type("engine.does-not-fit", Retry.AFTER_REMEDY);
	/** Find My forbids a restore. */
	public static final ProblemType FIND_MY_ON = type("engine.find-my-on", Retry.AFTER_REMEDY);
	/** A management profile forbids to restore an unencrypted backup. */
	public static final ProblemType UNENCRYPTED_FORBIDDEN = type("engine.unencrypted-forbidden", Retry.AFTER_REMEDY);
	/** The connection broke during a restore. */
	public static final ProblemType RESTORE_INTERRUPTED = type("engine.restore-interrupted", Retry.NOW);

	/** No data set has this name. Arguments: what was asked for, the names there are. */
	public static final ProblemType DATASET_UNKNOWN = type("engine.dataset-unknown", Retry.AFTER_REMEDY);
	/** A data set made a mistake. Arguments: its name, a mark by which the log entry is found. */
	public static final ProblemType DATASET_FAILED = type("engine.dataset-failed", Retry.NEVER);
	/** What a data set reads cannot be read. Arguments: its name, what was said. */
	public static final ProblemType DATASET_UNREADABLE = type("engine.dataset-unreadable", Retry.LATER);
	/** The data set cannot be written in this format. Arguments: the format, the data set, the formats there are. */
	public static final ProblemType FORMAT_UNKNOWN = type("engine.format-unknown", Retry.AFTER_REMEDY);
	/** The format has no such option for the data set. Arguments: the option, the format, a sentence with those it has. */
	public static final ProblemType OPTION_UNKNOWN = type("engine.option-unknown", Retry.AFTER_REMEDY);
	/** The format makes several files, so it needs a folder. Argument: the format. */
	public static final ProblemType FORMAT_OF_FILES = type("engine.format-of-files", Retry.AFTER_REMEDY);
	/** Nothing that can be searched for. */
	public static final ProblemType SEARCH_EMPTY = type("engine.search-empty", Retry.AFTER_REMEDY);
	/** There is too little room for the search index, or for a rehearsal. Arguments: folder, free, needed. */
	public static final ProblemType CACHE_FULL = type("engine.cache-full", Retry.AFTER_REMEDY);
	/**
	 * A place with a limit of its own has too little left. Arguments: the place, free, the limit, needed, missing, what
	 * deleting would free, a limit that would do.
	 */
	public static final ProblemType QUOTA_FULL = type("engine.quota-full", Retry.AFTER_REMEDY);
	/** The target does not take backups from folders. Argument: the target. */
	public static final ProblemType IMPORT_ELSEWHERE = type("engine.import-elsewhere", Retry.AFTER_REMEDY);
	/**
	 * What is to be imported does not fit. Arguments: the target, free, needed, missing, what deleting would free, what else
	 * would do.
	 */
	public static final ProblemType IMPORT_NO_ROOM = type("engine.import-no-room", Retry.AFTER_REMEDY);
	/** There is no backup in the folder. Argument: the folder. */
	public static final ProblemType IMPORT_NOTHING = type("engine.import-nothing", Retry.AFTER_REMEDY);
	/** The folder that would be written is there already. Argument: the folder. */
	public static final ProblemType EXPORT_THERE = type("engine.export-there", Retry.AFTER_REMEDY);
	/** The disk has too little room. Arguments: the folder, free, needed. */
	public static final ProblemType EXPORT_NO_ROOM = type("engine.export-no-room", Retry.AFTER_REMEDY);
	/** Files of the backup are damaged. Arguments: how many, one of them. */
	public static final ProblemType EXPORT_DAMAGED = type("engine.export-damaged", Retry.NEVER);
	/** No bundle offers a device to rehearse a restore on. */
	public static final ProblemType NO_DRILL_DEVICE = type("engine.no-drill-device", Retry.NEVER);
	/** The state folder cannot be used. Arguments: the folder, what the system said. */
	public static final ProblemType HOME_UNUSABLE = type("engine.home-unusable", Retry.AFTER_REMEDY);
	/** The remembered passwords cannot be read. Argument: the folder they are in. */
	public static final ProblemType PASSWORDS_UNREADABLE = type("engine.passwords-unreadable", Retry.AFTER_REMEDY);
	/** A fault of Keepsake itself. Argument: a mark by which the log entry is found. */
	public static final ProblemType UNEXPECTED = type("engine.unexpected", Retry.LATER);

	private EngineProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(EngineProblems.class, code, retry);
	}
}
