// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.keepsake.core.DeviceDetails;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.transport.ConnectionType;
import org.keepsake.engine.internal.device.Phone;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.RestoreOptions;
import org.keepsake.ios.protocol.TransferResult;

/** A phone that follows a script: each backup plays the next act, the last one again and again. */
final class FakePhone implements Phone {

	/** What the phone does in one backup. */
	interface Act {
		TransferResult play(BackupOptions options, FakeTree files, JobMonitor monitor) throws IOException;
	}

	final Udid udid;
	final Deque<Act> acts = new ArrayDeque<>();
	final List<BackupOptions> backups = new ArrayList<>();
	final List<RestoreOptions> restores = new ArrayList<>();
	final List<String> log = new ArrayList<>();
	String name = "Anna's iPhone";
	String productType = "iPhone15,2";
	String ios = "26.1";
	ConnectionType connection = ConnectionType.USB;
	boolean paired = true;
	Boolean locked = false;
	Boolean passcodeSet = true;
	Boolean encryption = false;
	Boolean encryptionRequired = null;
	Boolean findMyOn = false;
	Long capacityBytes = 64_000_000_000L;
	Long freeBytes = 32_000_000_000L;
	Integer batteryPercent = 80;
	Boolean charging = true;
	IOException openFailure;
	RestoreAct restore = (options, files, monitor) -> new TransferResult(0, 0, 3, 30, null, List.of());
	IOException closeFailure;

	/** What the phone does in a restore. */
	interface RestoreAct {
		TransferResult play(RestoreOptions options, HostFiles files, JobMonitor monitor) throws IOException;
	}

	FakePhone(String udid) {
		this.udid = new Udid(udid);
	}

	/** A device's problem by its code. */
	static ProblemException problem(String code) {
		return new ProblemException(new Problem(code, "Title of " + code, "Cause", "Remedy", Retry.NEVER), null);
	}

	/** Backs up completely: one file more than there was. */
	Act succeeds() {
		return (options, files, monitor) -> {
			boolean full = options.forceFull() || files.text(udid.value() + "/Status.plist") == null;
			files.put(udid.value() + "/Manifest.plist", "plain");
			files.put(udid.value() + "/Manifest.db", "db");
			files.put(udid.value() + "/00/00" + files.files.size(), "content");
			files.put(udid.value() + "/Status.plist", "finished");
			monitor.report(new JobEvent.Progress(1, 100, 100, 1, 1));
			return new TransferResult(1, 100, 0, 0, full, List.of());
		};
	}

	/** Receives so many bytes, leaves a resumable state, and fails. */
	Act fails(String code, long bytes) {
		return (options, files, monitor) -> {
			files.put(udid.value() + "/Status.plist", "uploading");
			monitor.report(new JobEvent.Progress(0.5, bytes, -1, 1, -1));
			throw problem(code);
		};
	}

	/** Fails before it wrote anything. */
	Act failsAtOnce(String code) {
		return (options, files, monitor) -> {
			throw problem(code);
		};
	}

	/** Says that it succeeded, but left something else in its status. */
	Act lies() {
		return (options, files, monitor) -> {
			succeeds().play(options, files, monitor);
			files.put(udid.value() + "/Status.plist", "uploading");
			return new TransferResult(1, 1, 0, 0, true, List.of());
		};
	}

	@Override
	public DeviceDetails describe() {
		return new DeviceDetails(udid, name, productType, "iPhone 14 Pro", new IosVersion(ios), "23B85", "F2LX",
				connection, paired, locked, passcodeSet, encryption, encryptionRequired, findMyOn, false,
				capacityBytes, freeBytes, batteryPercent, charging, null, null);
	}

	@Override
	public void pair(JobMonitor monitor) throws IOException {
		log.add("pair");
		monitor.throwIfCancelled();
		paired = true;
	}

	@Override
	public void unpair() {
		log.add("unpair");
		paired = false;
	}

	@Override
	public PhoneSession open() throws IOException {
		log.add("open");
		if (openFailure != null) {
			throw openFailure;
		}
		if (!paired) {
			throw problem(DeviceProblems.NOT_PAIRED.code());
		}
		return new Session();
	}

	private final class Session implements PhoneSession {

		@Override
		public DeviceDetails details() {
			return describe();
		}

		@Override
		public int countApplications(JobMonitor monitor) {
			return 7;
		}

		@Override
		public TransferResult backup(BackupOptions options, HostFiles files, JobMonitor monitor) throws IOException {
			backups.add(options);
			Act act = acts.size() > 1 ? acts.removeFirst() : acts.getFirst();
			return act.play(options, (FakeTree) files, monitor);
		}

		@Override
		public TransferResult restore(RestoreOptions options, HostFiles files, JobMonitor monitor)
				throws IOException {
			restores.add(options);
			return restore.play(options, files, monitor);
		}

		@Override
		public void changeBackupPassword(Secret oldPassword, Secret newPassword, JobMonitor monitor)
				throws IOException {
			monitor.throwIfCancelled();
			log.add("password");
			encryption = newPassword != null;
		}

		@Override
		public void erase(JobMonitor monitor) throws IOException {
			monitor.throwIfCancelled();
			log.add("erase");
		}

		@Override
		public void close() throws IOException {
			log.add("close");
			if (closeFailure != null) {
				throw closeFailure;
			}
		}
	}
}
