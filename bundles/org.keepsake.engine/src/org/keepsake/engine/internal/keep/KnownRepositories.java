// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Repositories;
import org.keepsake.engine.Targets;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Texts;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryAccess;
import org.keepsake.repository.StoreTrial;

/** Opens repositories by the names of their targets. Thread-safe. */
public final class KnownRepositories implements Repositories {

	private final ConfiguredTargets targets;
	private final Places places;

	/** Over these targets. */
	public KnownRepositories(ConfiguredTargets targets, Places places) {
		this.targets = targets;
		this.places = places;
	}

	@Override
	public boolean canBeAt(String place) throws IOException {
		return places.storages().accept(targets.resolve(place).location());
	}

	@Override
	public Repository open(String place) throws IOException {
		Targets.Entry entry = targets.resolve(place);
		return Failures.guard(JobMonitor.NONE, () -> RepositoryAccess.open(entry.location(), context(entry)));
	}

	@Override
	public Repository init(String place, InitOptions options) throws IOException {
		Targets.Entry entry = targets.resolve(place);
		return Failures.guard(JobMonitor.NONE,
				() -> RepositoryAccess.init(entry.location(), context(entry), options));
	}

	@Override
	public Storage storage(String place) throws IOException {
		Targets.Entry entry = targets.resolve(place);
		return Failures.guard(JobMonitor.NONE, () -> places.storages().open(entry.location(), context(entry)));
	}

	@Override
	public StoreTrial tryOut(String place, boolean attack, JobMonitor monitor) throws IOException {
		boolean appendOnly = "true".equals(targets.resolve(place).settings().get(StoreTrial.APPEND_ONLY));
		return Failures.guard(monitor, () -> {
			try (Storage storage = storage(place)) {
				monitor.report(new JobEvent.Phase("trying", Texts.of("store.trying")));
				return StoreTrial.run(storage, appendOnly, attack, monitor);
			}
		});
	}

	private TargetFactory.Context context(Targets.Entry entry) {
		return places.at(entry.location(), entry.settings(), true);
	}
}
