// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.e4.ui.di.UIEventTopic;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.keepsake.engine.Keepsake;
import org.keepsake.ui.internal.dialog.PasswordPrompt;
import org.keepsake.ui.internal.dialog.PlaceQuestions;
import org.keepsake.ui.internal.inside.Insides;
import org.keepsake.ui.internal.inside.Unlocking;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.ProofsModel;
import org.keepsake.ui.internal.place.PlacesModel;
import org.osgi.service.event.Event;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** Brings the engine and the view models into the application's context, and ends them with it. */
public final class WorkbenchAddon {

	private static final System.Logger LOG = System.getLogger(WorkbenchAddon.class.getName());
	private static final long GRACE_MILLIS = 5_000;
	/** The key under which the platform looks for the theme to begin with. */
	private static final String START_THEME = "cssTheme";

	private final Keepsake keepsake;
	private final DevicesModel devices;
	private final JobRunner jobs = new JobRunner();
	private final Insides insides;
	private final PlaceQuestions questions;

	/** Opens the engine with the environment of the process; begins dark where the system is. */
	@Inject
	public WorkbenchAddon(IEclipseContext context, UISynchronize ui) throws IOException {
		Map<String, String> environment = System.getenv();
		keepsake = Keepsake.open(environment);
		devices = new DevicesModel(keepsake.devices());
		context.set(Keepsake.class, keepsake);
		context.set(DevicesModel.class, devices);
		context.set(BackupsModel.class, new BackupsModel(keepsake));
		context.set(JobRunner.class, jobs);
		Unlocking unlocking = new Unlocking(keepsake, new PasswordPrompt(ui));
		insides = new Insides(keepsake, jobs, unlocking);
		context.set(Unlocking.class, unlocking);
		context.set(Insides.class, insides);
		context.set(ProofsModel.class, new ProofsModel(keepsake));
		questions = new PlaceQuestions(keepsake, ui);
		keepsake.secrets().askWith(questions);
		context.set(PlacesModel.class, new PlacesModel(keepsake));
		if (Display.isSystemDarkTheme()) {
			context.set(START_THEME, Ids.DARK_THEME);
		}
	}

	/** Reads the list of backups. */
	@PostConstruct
	void start(BackupsModel backups, ProofsModel proofs) {
		backups.refresh();
		proofs.refresh();
	}

	/** Lets what the system draws, such as menus, buttons and scroll bars, follow the theme. */
	@Inject
	@Optional
	void themeChanged(@UIEventTopic(IThemeEngine.Events.THEME_CHANGED) Event event) {
		if (event.getProperty(IThemeEngine.Events.THEME) instanceof ITheme theme) {
			preferDark(Ids.DARK_THEME.equals(theme.getId()));
		}
	}

	/* From 3.134 on SWT has an API for this; before, its platforms' own classes have, which the same loader finds. */
	private static void preferDark(boolean dark) {
		String platform = SWT.getPlatform();
		try {
			Display.class.getClassLoader().loadClass("org.eclipse.swt.internal." + platform + ".OS")
					.getMethod(platform.equals("gtk") ? "setDarkThemePreferred" : "setTheme", boolean.class)
					.invoke(null, dark);
		} catch (ReflectiveOperationException e) {
			LOG.log(Level.WARNING, "The system's own parts do not follow the theme", e);
		}
	}

	/** Cancels what runs: everything is left so that the next run can go on. */
	@PreDestroy
	void stop() {
		keepsake.secrets().askWith(null);
		questions.close();
		insides.close();
		jobs.cancelAll(GRACE_MILLIS);
		devices.close();
		keepsake.close();
	}
}
