// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.keepsake.core.storage.Storage;
import org.keepsake.testing.Programs;
import org.keepsake.testing.RcloneServer;
import org.keepsake.testing.ResticJudge;

/** Over rclone's server. */
class ResticJudgeTest extends ResticJudge {

	private RcloneServer server;

	@BeforeEach
	void start() throws IOException {
		Programs.require("rclone");
		server = new RcloneServer(folder.resolve("served"));
	}

	@AfterEach
	void stop() {
		if (server != null) {
			server.close();
		}
	}

	@Override
	protected Storage open(String place) throws IOException {
		return new RestStorageFactory().open("rest:" + server.url() + place, TestContext.NONE);
	}

	@Override
	protected String repository(String place) {
		return "rest:" + server.url() + place + "/";
	}

	@Override
	protected Path files(String place) {
		return folder.resolve("served").resolve(place);
	}
}
