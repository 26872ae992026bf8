// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.io.IOException;

/** There is one window at a time, and it is open. */
final class WindowIsOpenException extends IOException {

	private static final long serialVersionUID = 1L;

	WindowIsOpenException() {
		super("the window is open already");
	}
}
