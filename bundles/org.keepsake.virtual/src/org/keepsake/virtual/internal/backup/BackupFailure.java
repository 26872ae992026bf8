// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;

/**
 * The device ends an operation with an error code of its own ({@code MBErrorDomain}), which the host gets in the final
 * message.
 */
final class BackupFailure extends IOException {

	static final int GENERIC = 1;
	static final int MULTIPLE = 2;
	static final int NOT_FOUND = 4;
	static final int PROFILE = 22;
	static final int CLOUD_RESTORE = 25;
	static final int PREPARATION = 102;
	static final int HOST_READ = 103;
	static final int HOST_WRITE = 104;
	static final int HOST_FULL = 105;
	static final int DEVICE_FULL = 106;
	static final int CANCELLED = 202;
	static final int VERSION = 203;
	static final int NO_BACKUP = 204;
	static final int CORRUPT = 205;
	static final int PASSWORD = 207;
	static final int LOCKED = 208;
	static final int FIND_MY = 211;
	static final int SETUP = 212;

	private static final long serialVersionUID = 1L;

	private final int code;

	BackupFailure(int code, String text) {
		super(text);
		this.code = code;
	}

	int code() {
		return code;
	}
}
