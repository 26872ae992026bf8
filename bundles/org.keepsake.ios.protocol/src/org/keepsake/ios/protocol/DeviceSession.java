// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;

/** A validated session with a paired device, and what can be done in it. Used by one thread at a time. */
public final class DeviceSession implements Closeable {

	DeviceSession() {
	}

	/** What the device says, read anew. */
	public DeviceDetails details() throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** The applications a person installed, for lists and for {@code Info.plist}. */
	public List<InstalledApplication> applications(JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/**
	 * Lets the device back itself up into the files: takes the sync lock, writes {@code Info.plist}, sends the request
	 * and serves the device until its final answer. Returns only if the device reported success.
	 */
	public TransferResult backup(BackupOptions options, HostFiles files, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Lets the device restore itself from the files, which hold the backup's folder under {@code sourceFolder}. */
	public TransferResult restore(RestoreOptions options, HostFiles files, JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Sets (no old one), removes (no new one) or changes the backup password; waits for the passcode on the device. */
	public void changeBackupPassword(@Nullable Secret oldPassword, @Nullable Secret newPassword, JobMonitor monitor)
			throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	/** Erases the device: all content and settings. There is no way back. */
	public void erase(JobMonitor monitor) throws IOException {
		throw new UnsupportedOperationException("seam");
	}

	@Override
	public void close() throws IOException {
		throw new UnsupportedOperationException("seam");
	}
}
