// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.io.Closeable;
import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.RestoreOptions;
import org.keepsake.ios.protocol.TransferResult;

/**
 * A validated session: the engine's view of {@link org.keepsake.ios.protocol.DeviceSession}, whose promises hold. Used
 * by one thread at a time.
 */
public interface PhoneSession extends Closeable {

	/** What the device says, read anew. */
	DeviceDetails details() throws IOException;

	/** How many applications a person installed. */
	int countApplications(JobMonitor monitor) throws IOException;

	/** Lets the device back itself up into the files. */
	TransferResult backup(BackupOptions options, HostFiles files, JobMonitor monitor) throws IOException;

	/** Lets the device restore itself from the files. */
	TransferResult restore(RestoreOptions options, HostFiles files, JobMonitor monitor) throws IOException;

	/** Erases the device. */
	void erase(JobMonitor monitor) throws IOException;

	/** Sets, removes or changes the backup password. */
	void changeBackupPassword(@Nullable Secret oldPassword, @Nullable Secret newPassword, JobMonitor monitor)
			throws IOException;
}
