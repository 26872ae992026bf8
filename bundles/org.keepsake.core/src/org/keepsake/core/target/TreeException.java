// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.io.Serial;

import org.eclipse.jdt.annotation.Nullable;

/** An operation on a tree failed, with the reason a device can be told. */
public class TreeException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/** Why an operation on a tree failed. */
	public enum Reason {
		/** There is no such file or folder. */
		NOT_FOUND,
		/** Something is there already. */
		EXISTS,
		/** A folder was expected. */
		NOT_A_DIRECTORY,
		/** A file was expected. */
		IS_A_DIRECTORY,
		/** A symbolic link stands in the way. */
		LINK,
		/** The disk or the quota is full. */
		NO_SPACE,
		/** The storage failed to read or write. */
		IO,
		/** Anything else, such as missing permission. */
		OTHER
	}

	/** @param cause what led to it; null where there is nothing */
	public TreeException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	/** Why it failed. */
	public Reason reason() {
		return reason;
	}
}
