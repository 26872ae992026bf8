// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.transport.AttachedDevice;
import org.keepsake.core.transport.Transport;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.DeviceClient;
import org.keepsake.ios.protocol.DeviceSession;
import org.keepsake.ios.protocol.RestoreOptions;
import org.keepsake.ios.protocol.TransferResult;

/** A phone as the protocol bundle speaks to it. */
public final class ClientPhone implements Phone {

	private final DeviceClient client;

	/** Connects to nothing yet. */
	public ClientPhone(Transport transport, AttachedDevice device) {
		this.client = new DeviceClient(transport, device);
	}

	@Override
	public DeviceDetails describe() throws IOException {
		return client.describe();
	}

	@Override
	public void pair(JobMonitor monitor) throws IOException {
		client.pair(monitor);
	}

	@Override
	public void unpair() throws IOException {
		client.unpair();
	}

	@Override
	public PhoneSession open() throws IOException {
		return new Session(client.open());
	}

	private record Session(DeviceSession session) implements PhoneSession {

		@Override
		public DeviceDetails details() throws IOException {
			return session.details();
		}

		@Override
		public int countApplications(JobMonitor monitor) throws IOException {
			return session.applications(monitor).size();
		}

		@Override
		public TransferResult backup(BackupOptions options, HostFiles files, JobMonitor monitor) throws IOException {
			return session.backup(options, files, monitor);
		}

		@Override
		public TransferResult restore(RestoreOptions options, HostFiles files, JobMonitor monitor)
				throws IOException {
			return session.restore(options, files, monitor);
		}

		@Override
		public void erase(JobMonitor monitor) throws IOException {
			session.erase(monitor);
		}

		@Override
		public void changeBackupPassword(@Nullable Secret oldPassword, @Nullable Secret newPassword,
				JobMonitor monitor) throws IOException {
			session.changeBackupPassword(oldPassword, newPassword, monitor);
		}

		@Override
		public void close() throws IOException {
			session.close();
		}
	}
}
