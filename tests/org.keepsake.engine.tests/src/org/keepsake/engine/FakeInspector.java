// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreePath;
import org.keepsake.engine.internal.keep.Inspector;

/** Reads the fakes' backups: the state is the text of Status.plist, the password follows a colon in Manifest.plist. */
final class FakeInspector implements Inspector {

	int derivations;

	@Override
	public Inspection inspect(BackupTree tree) throws IOException {
		String state = text(tree, "Status.plist");
		String manifest = text(tree, "Manifest.plist");
		if (manifest.isEmpty()) {
			throw FakePhone.problem("backup.not-a-backup");
		}
		boolean encrypted = manifest.startsWith("encrypted");
		BackupSummary summary = new BackupSummary(new Udid(tree.name()), "Phone", "iPhone15,2", new IosVersion("18.5"),
				Instant.EPOCH, 0, 0, encrypted, state.equals("finished"));
		return new Inspection(summary, state, encrypted);
	}

	@Override
	public boolean opens(BackupTree tree, Secret password, JobMonitor monitor) throws IOException {
		derivations++;
		String manifest = text(tree, "Manifest.plist");
		return !manifest.startsWith("encrypted")
				|| password.sameAs(Secret.of(manifest.substring(manifest.indexOf(':') + 1)));
	}

	static String text(BackupTree tree, String path) throws IOException {
		if (tree.stat(new TreePath(path)).isEmpty()) {
			return "";
		}
		try (SeekableByteChannel channel = tree.open(new TreePath(path))) {
			ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
			while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
				// until all is read
			}
			return new String(buffer.array(), StandardCharsets.UTF_8);
		}
	}
}
