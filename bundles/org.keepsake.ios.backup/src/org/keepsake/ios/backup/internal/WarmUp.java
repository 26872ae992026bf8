// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.keepsake.ios.backup.internal.crypto.KeyWrap;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Has ready what an encrypted backup is read with by the time its key is derived, which keeps one core busy for two
 * seconds: SQLite's library, and AES by the processor's own instructions, which Java compiles only after some thousand
 * calls. Needs no key. Once in a program's life.
 */
final class WarmUp {

	/** Some more than Java's compiler waits for. */
	private static final int CALLS = 6_000;
	private static final int EACH = 1 << 10;
	private static final AtomicBoolean BEGUN = new AtomicBoolean();

	private WarmUp() {
	}

	/** Begins on a thread of its own; does nothing where there is but one core. */
	static void begin() {
		if (Runtime.getRuntime().availableProcessors() > 1 && !BEGUN.getAndSet(true)) {
			Thread.ofPlatform().daemon().name("backup warm-up").start(WarmUp::run);
		}
	}

	private static void run() {
		try (Connection connection = JDBC.createConnection("jdbc:sqlite::memory:", new SQLiteConfig().toProperties())) {
			connection.isValid(0);
		} catch (SQLException | RuntimeException | LinkageError e) {
			// Whoever needs it is told then. A program that ends meanwhile lets no library be loaded any more.
			return;
		}
		byte[] key = new byte[32];
		try (Workspace work = Workspace.ofNoBackup(EACH); KeyWrap wrap = new KeyWrap(key)) {
			wrap.unwrap(work.stored, 0, 40);
			for (int i = 0; i < CALLS; i++) {
				key[i & 15]++;
				work.begin(key, null);
				work.decrypt(EACH);
			}
		}
	}
}
