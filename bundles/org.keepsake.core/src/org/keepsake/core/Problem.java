// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

/**
 * Why something failed, told to a person: what happened, why, and what to do next.
 *
 * @param code   stable and never reused, such as {@code device.locked}
 * @param title  what happened, one short sentence without a full stop
 * @param cause  why it happened; may be empty where nothing is known beyond the title
 * @param remedy what the person can do; never empty
 * @param retry  whether trying again can help
 */
public record Problem(String code, String title, String cause, String remedy, Retry retry) {

	@Override
	public String toString() {
		return title + " [" + code + "]";
	}
}
