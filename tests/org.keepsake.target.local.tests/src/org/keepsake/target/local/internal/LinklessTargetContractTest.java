// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The same on a disk without hard links, such as one formatted as exFAT. */
class LinklessTargetContractTest extends LocalTargetContractTest {

	@Override
	Medium medium() {
		return new Medium() {
			@Override
			public void link(Path existing, Path name) throws IOException {
				throw new FileSystemException(name.toString(), existing.toString(), "Operation not permitted");
			}
		};
	}
}
