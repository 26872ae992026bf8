// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

/** What a long job says while it runs. */
public sealed interface JobEvent {

	/**
	 * A new stage of the job has begun.
	 *
	 * @param phase a stable word, such as {@code receiving}
	 * @param text  the stage, told to a person
	 */
	record Phase(String phase, String text) implements JobEvent {
	}

	/**
	 * How far the job is. Unknown totals and fractions are negative.
	 *
	 * @param fraction   0 to 1 of the whole job, negative while unknown
	 * @param bytesDone  bytes moved so far
	 * @param bytesTotal bytes to move in all, negative while unknown
	 * @param filesDone  files done so far
	 * @param filesTotal files in all, negative while unknown
	 */
	record Progress(double fraction, long bytesDone, long bytesTotal, long filesDone,
			long filesTotal) implements JobEvent {
	}

	/**
	 * Something the person should know or do while the job goes on, such as entering the passcode on the device.
	 *
	 * @param code   stable, such as {@code device.enter-passcode}
	 * @param text   the sentence to show
	 * @param urgent whether the job waits for the person
	 */
	record Notice(String code, String text, boolean urgent) implements JobEvent {
	}
}
