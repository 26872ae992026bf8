// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.engine.Checklist;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.internal.Texts;

/** What a backup gives back, what comes later from elsewhere, and what it never had. */
public final class Absences {

	private static final String APPS = "apps";
	private static final String PHOTOS = "photos";

	private Absences() {
	}

	/** What should be on a device that this backup is restored onto. */
	public static Checklist checklist(OpenedBackup backup, JobMonitor monitor) throws IOException {
		List<Checklist.Item> there = new ArrayList<>();
		List<String> later = new ArrayList<>();
		for (DataSet dataSet : backup.dataSets()) {
			Survey survey = backup.survey(dataSet, monitor);
			if (survey.presence() == Presence.PRESENT && survey.count() > 0) {
				if (dataSet.id().equals(APPS)) {
					later.add(Texts.of("later.apps-counted", Long.valueOf(survey.count())));
				} else {
					there.add(new Checklist.Item(dataSet.id(), dataSet.title(), survey.count()));
				}
			}
			if (dataSet.id().equals(PHOTOS)) {
				survey.remarks().forEach(remark -> later.add(dataSet.title() + ": " + remark));
			}
		}
		later.addAll(later(later.isEmpty()));
		return new Checklist(there, later, never(backup.content().summary().encrypted()));
	}

	/** What the device fetches by itself. */
	private static List<String> later(boolean appsToo) {
		List<String> later = new ArrayList<>();
		if (appsToo) {
			later.add(Texts.of("later.apps"));
		}
		later.add(Texts.of("later.cloud"));
		return later;
	}

	/** What a backup never has, and why. */
	static List<String> never(boolean encrypted) {
		List<String> never = new ArrayList<>();
		if (!encrypted) {
			never.add(Texts.of("never.passwords"));
			never.add(Texts.of("never.health"));
			never.add(Texts.of("never.wifi"));
			never.add(Texts.of("never.home"));
			never.add(Texts.of("never.calls"));
		}
		never.add(Texts.of("never.any"));
		return never;
	}
}
