// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.storage.Storage;
import org.keepsake.testing.Programs;
import org.keepsake.testing.RcloneServer;
import org.keepsake.testing.StorageContract;

/** What every storage must do, with rclone as the server. */
class RcloneTest extends StorageContract {

	@TempDir
	static Path folder;
	private static @Nullable RcloneServer server;

	private final String place = UUID.randomUUID().toString();

	@BeforeAll
	static void start() throws IOException {
		Programs.require("rclone");
		server = new RcloneServer(folder);
	}

	@AfterAll
	static void stop() throws IOException {
		RcloneServer running = server;
		if (running != null) {
			running.close();
		}
	}

	@Override
	protected Storage openMissing() throws IOException {
		return new RestStorageFactory().open("rest:" + running().url() + place + "-not", TestContext.NONE);
	}

	@Override
	protected Storage open() throws IOException {
		return new RestStorageFactory().open("rest:" + running().url() + place, TestContext.NONE);
	}

	@Override
	protected @Nullable Server serverBehind() {
		return new Server() {
			@Override
			public void stop() throws IOException {
				running().stop();
			}

			@Override
			public void start() throws IOException {
				running().start();
			}
		};
	}

	private static RcloneServer running() {
		RcloneServer running = server;
		if (running == null) {
			throw new IllegalStateException("No server");
		}
		return running;
	}
}
