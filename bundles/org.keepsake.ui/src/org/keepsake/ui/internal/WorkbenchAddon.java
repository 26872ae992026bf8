// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import java.io.IOException;
import java.util.Map;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.keepsake.engine.Keepsake;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicesModel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** Brings the engine and the view models into the application's context, and ends them with it. */
public final class WorkbenchAddon {

	private static final long GRACE_MILLIS = 5_000;

	private final Keepsake keepsake;
	private final DevicesModel devices;
	private final JobRunner jobs = new JobRunner();

	/** Opens the engine with the environment of the process. */
	@Inject
	public WorkbenchAddon(IEclipseContext context) throws IOException {
		Map<String, String> environment = System.getenv();
		keepsake = Keepsake.open(environment);
		devices = new DevicesModel(keepsake.devices());
		context.set(Keepsake.class, keepsake);
		context.set(DevicesModel.class, devices);
		context.set(BackupsModel.class, new BackupsModel(keepsake));
		context.set(JobRunner.class, jobs);
	}

	/** Reads the list of backups. */
	@PostConstruct
	void start(BackupsModel backups) {
		backups.refresh();
	}

	/** Cancels what runs: everything is left so that the next run can go on. */
	@PreDestroy
	void stop() {
		jobs.cancelAll(GRACE_MILLIS);
		devices.close();
		keepsake.close();
	}
}
