// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.io.IOException;

/** A store refused for a reason that the repository acts upon. */
public final class StorageException extends IOException {

	private static final long serialVersionUID = 1L;

	/** Why. */
	public enum Reason {
		/** There is no such blob. */
		NOT_FOUND,
		/** There is one already. */
		EXISTS,
		/** These credentials, or the store, do not allow it. */
		FORBIDDEN,
		/** The store, or the account, is full. */
		NO_SPACE
	}

	private final Reason reason;

	/** @param message for a log; names the blob */
	public StorageException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/** Why. */
	public Reason reason() {
		return reason;
	}
}
