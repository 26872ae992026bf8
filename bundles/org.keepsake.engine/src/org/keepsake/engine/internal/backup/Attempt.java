// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreePath;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.engine.EngineProblems;
import org.keepsake.engine.internal.Texts;
import org.keepsake.engine.internal.device.PhoneSession;
import org.keepsake.engine.internal.keep.FolderView;
import org.keepsake.engine.internal.keep.Inspector;
import org.keepsake.engine.internal.keep.Inspector.Inspection;
import org.keepsake.ios.protocol.BackupOptions;
import org.keepsake.ios.protocol.TransferResult;

/** One try at a backup, in one working tree. Used by one thread. */
final class Attempt {

	private final BackupTarget target;
	private final Udid device;
	private final Start start;
	private final int keepEarlier;
	private final Inspector inspector;
	private final JobMonitor monitor;
	private final CountingMonitor counting;
	private final TreePath folder;
	private @Nullable WorkingTree tree;
	private @Nullable Snapshot snapshot;
	private boolean continued;
	private boolean connection;

	/** With what an attempt starts. */
	enum Start {
		/** With the interrupted run, else the newest version, else nothing. */
		CONTINUE,
		/** With nothing: a full backup. */
		EMPTY
	}

	Attempt(BackupTarget target, Udid device, Start start, int keepEarlier, Inspector inspector, JobMonitor monitor) {
		this.target = target;
		this.device = device;
		this.start = start;
		this.keepEarlier = keepEarlier;
		this.inspector = inspector;
		this.monitor = monitor;
		this.counting = new CountingMonitor(monitor);
		this.folder = new TreePath(device.value());
	}

	/** Lets the device back itself up, proves the result, and commits it. */
	TransferResult run(PhoneSession session) throws IOException {
		monitor.report(new JobEvent.Phase("preparing", Texts.of("phase.preparing")));
		boolean empty = start == Start.EMPTY;
		WorkingTree working = begin(empty);
		if (isPoisoned(working)) {
			// Left by an interrupted run or by another program: the device would refuse it.
			drop(working);
			working = begin(empty);
			if (isPoisoned(working)) {
				drop(working);
				empty = true;
				working = begin(true);
			}
		}
		continued = stat(working, "Status.plist").isPresent();
		TransferResult transfer = session.backup(new BackupOptions(empty), working, counting);
		prove(working);
		monitor.report(new JobEvent.Phase("keeping", Texts.of("phase.keeping")));
		snapshot = working.commit(monitor);
		tree = null;
		return transfer;
	}

	/** The version that was made; only after {@link #run} succeeded. */
	Snapshot snapshot() {
		Snapshot made = snapshot;
		if (made == null) {
			throw new IllegalStateException("Not committed");
		}
		return made;
	}

	Start start() {
		return start;
	}

	/** Whether a tree is open. */
	boolean began() {
		return tree != null;
	}

	/** Whether the tree held something of an earlier run or version when the device was let in. */
	boolean continued() {
		return continued;
	}

	/** Bytes received. */
	long received() {
		return counting.bytes();
	}

	/** Whether the next attempt has to wait for the device. */
	boolean failedByConnection() {
		return connection;
	}

	void markConnection(boolean lost) {
		connection = lost;
	}

	/** Whether the tree holds a run that the device can resume; false if that cannot be told. */
	boolean isResumable() {
		WorkingTree working = tree;
		try {
			return working != null && stat(working, "Status.plist").filter(entry -> entry.sizeBytes() > 0).isPresent();
		} catch (IOException e) {
			return false;
		}
	}

	/** Closes the tree after a failure, and drops its content if asked; a second failure is added to the first. */
	void settle(boolean drop, Throwable failure) {
		WorkingTree working = tree;
		tree = null;
		if (working == null) {
			return;
		}
		try {
			if (drop) {
				working.discard();
			} else {
				working.close();
			}
		} catch (IOException | RuntimeException e) {
			if (e != failure) {
				failure.addSuppressed(e);
			}
		}
	}

	private WorkingTree begin(boolean empty) throws IOException {
		WorkingTree working = target.begin(device, new WorkOptions(empty, keepEarlier), monitor);
		tree = working;
		monitor.throwIfCancelled();
		return working;
	}

	private void drop(WorkingTree working) throws IOException {
		tree = null;
		working.discard();
	}

	/** An empty property list makes a device end with error 205, again and again. */
	private boolean isPoisoned(WorkingTree working) throws IOException {
		return isEmptyFile(working, "Status.plist") || isEmptyFile(working, "Manifest.plist")
				|| isEmptyFile(working, "Manifest.db");
	}

	private boolean isEmptyFile(WorkingTree working, String name) throws IOException {
		return stat(working, name).filter(entry -> !entry.isFile() || entry.sizeBytes() == 0).isPresent();
	}

	private Optional<TreeEntry> stat(WorkingTree working, String name) throws IOException {
		return working.stat(folder.resolve(name));
	}

	/** A device's success is believed only if what it left can be restored. */
	private void prove(WorkingTree working) throws IOException {
		monitor.report(new JobEvent.Phase("proving", Texts.of("phase.proving")));
		Inspection result;
		try {
			result = inspector.inspect(new FolderView(working, folder));
		} catch (ProblemException e) {
			throw EngineProblems.RESULT_INCOMPLETE.exceptionBecause(e, e.problem().title() + '.');
		}
		if (!result.state().equals("finished") || !result.summary().complete()) {
			throw EngineProblems.RESULT_INCOMPLETE.exception(Texts.of("result.state", result.state()));
		}
	}
}
