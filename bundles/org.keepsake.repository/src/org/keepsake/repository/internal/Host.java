// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/** This computer and the user, as files of a repository name them. */
final class Host {

	private static final String NAME = find();

	private Host() {
	}

	/** The name that the system calls itself, as restic takes it. */
	static String name() {
		return NAME;
	}

	static String user() {
		return System.getProperty("user.name", "");
	}

	static long pid() {
		return ProcessHandle.current().pid();
	}

	private static String find() {
		try {
			String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
			if (!name.isEmpty()) {
				return name;
			}
		} catch (IOException e) {
			// Another system than Linux: asked below.
			System.getLogger(Host.class.getName()).log(System.Logger.Level.TRACE, "No hostname in /proc", e);
		}
		@Nullable
		String name = System.getenv("COMPUTERNAME");
		if (name != null && !name.isBlank()) {
			return name;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		} catch (UnknownHostException e) {
			return "localhost";
		}
	}
}
