// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.keepsake.core.storage.Storage;
import org.keepsake.testing.ResticJudge;
import org.keepsake.testing.S3ProxyServer;

/** Over s3proxy. */
class ResticJudgeTest extends ResticJudge {

	private S3ProxyServer server;

	@BeforeEach
	void start() throws IOException {
		server = new S3ProxyServer(folder.resolve("served"));
	}

	@AfterEach
	void stop() {
		if (server != null) {
			server.close();
		}
	}

	@Override
	protected Storage open(String place) throws IOException {
		return new S3StorageFactory().open(repository(place), new TestContext(S3ProxyTest.KEYS, Map.of(), Map.of()));
	}

	@Override
	protected String repository(String place) {
		return "s3:" + server.url() + "/bucket/" + place;
	}

	@Override
	protected Path files(String place) {
		return server.objects().resolve("bucket").resolve(place);
	}

	@Override
	protected Map<String, String> environment() {
		return S3ProxyTest.KEYS;
	}
}
