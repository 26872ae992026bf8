// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.Proof.Damage;
import org.keepsake.engine.internal.Texts;

/** Looks for what is damaged in the versions before. Used once, by one thread. */
public final class EarlierVersions {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.proof");
	/** Opening an encrypted one takes seconds. */
	private static final int MOST = 3;

	private final List<KeptBackup> versions;
	private final Opener opener;
	private final JobMonitor monitor;

	/** Opens a version with the password of the one that is proven. */
	@FunctionalInterface
	public interface Opener {
		/** Opens it; the caller closes it. */
		OpenedBackup open(KeptBackup version) throws IOException;
	}

	/** @param versions those before, newest first */
	public EarlierVersions(List<KeptBackup> versions, Opener opener, JobMonitor monitor) {
		this.versions = versions.stream().limit(MOST).toList();
		this.opener = opener;
		this.monitor = monitor;
	}

	/** The same damage, each with the newest version in which it is not. */
	List<Damage> find(List<Damage> damage) throws IOException {
		List<Damage> found = new ArrayList<>(damage);
		for (KeptBackup version : versions) {
			if (found.stream().allMatch(one -> one.earlier() != null)) {
				break;
			}
			monitor.report(new JobEvent.Phase("looking-earlier", Texts.of("phase.looking-earlier")));
			try (OpenedBackup opened = opener.open(version)) {
				for (int i = 0; i < found.size(); i++) {
					Damage one = found.get(i);
					if (one.earlier() == null && isSound(opened, one)) {
						found.set(i, one.soundIn(version.snapshot().id().value()));
					}
				}
			} catch (CancelledException e) {
				throw e;
			} catch (IOException e) {
				monitor.throwIfCancelled();
				LOG.log(System.Logger.Level.DEBUG, "An earlier version does not open", e);
			}
		}
		return found;
	}

	private boolean isSound(OpenedBackup version, Damage damage) throws IOException {
		try {
			if (damage.domain().isEmpty()) {
				DataSet dataSet = version.dataSet(damage.path());
				return version.survey(dataSet, monitor).presence() == Survey.Presence.PRESENT;
			}
			Optional<ContentFile> file = version.content().find(damage.domain(), damage.path());
			return file.isPresent() && Integrity.check(version.content(), file.get(), monitor).flaws().isEmpty();
		} catch (CancelledException e) {
			throw e;
		} catch (IOException e) {
			return false;
		}
	}
}
