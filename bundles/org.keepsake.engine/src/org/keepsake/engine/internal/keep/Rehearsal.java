// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.Snapshot;
import org.keepsake.engine.internal.Texts;

/**
 * Tries a password on a version's key bag. Because that takes seconds, a password that opened it once in
 * this process is
 * known by a keyed digest, so that a plan and the restore after it pay once. Thread-safe.
 */
public final class Rehearsal {

	private final Inspector inspector;
	private final Set<String> opened = ConcurrentHashMap.newKeySet();
	private final byte[] processKey = new byte[32];

	/** Asks the inspector. */
	public Rehearsal(Inspector inspector) {
		this.inspector = inspector;
		new SecureRandom().nextBytes(processKey);
	}

	/** Whether the password opens the version; says that it takes a moment. */
	public boolean opens(Snapshot snapshot, BackupTree tree, Secret password, JobMonitor monitor) throws IOException {
		String mark = mark(snapshot, password);
		if (opened.contains(mark)) {
			return true;
		}
		monitor.report(new JobEvent.Phase("checking-password", Texts.of("phase.checking-password")));
		boolean opens = inspector.opens(tree, password, monitor);
		monitor.throwIfCancelled();
		if (opens) {
			opened.add(mark);
		}
		return opens;
	}

	private String mark(Snapshot snapshot, Secret password) {
		byte[] utf8 = password.revealUtf8();
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(processKey, "HmacSHA256"));
			return snapshot.id().value() + '/' + HexFormat.of().formatHex(mac.doFinal(utf8));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("Every JDK has HmacSHA256", e);
		} finally {
			Arrays.fill(utf8, (byte) 0);
		}
	}
}
