// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.Proof.Counted;
import org.keepsake.engine.Proof.Damage;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.ValueText;
import org.keepsake.ui.internal.model.ProofsModel;

/** How a backup was proven, as a page of text. */
final class ProofPage {

	private static final int MOST_DAMAGE = 200;
	private static final int BRIEF = 8;

	private ProofPage() {
	}

	/** What is remembered, and what was found last. */
	static TextPage of(KeptBackup kept, ProofsModel proofs) {
		TextPage page = new TextPage();
		page.heading(Messages.proof_heading);
		List<Verification> remembered = proofs.of(kept);
		if (remembered.isEmpty()) {
			page.line(Messages.proof_none);
		}
		for (Verification one : remembered.reversed()) {
			String how = one.damaged() == 0 ? Messages.proof_sound
					: Messages.proof_damage_count.formatted(Human.number(one.damaged()));
			page.pair(ProofsModel.word(one.level()), how + "  ·  " + Human.date(one.when(), ZoneId.systemDefault()));
		}
		Optional<Proof> last = proofs.lastOf(kept);
		last.ifPresent(proof -> add(page, proof));
		return page;
	}

	private static void add(TextPage page, Proof proof) {
		if (!proof.damage().isEmpty()) {
			page.line("").heading(Messages.proof_damage);
			proof.damage().stream().limit(MOST_DAMAGE).forEach(damage -> page.pair(owner(damage), sentence(damage)));
		}
		page.line("").heading(proof.level() == ProofLevel.DRILL ? Messages.proof_drill_counts
				: Messages.proof_content_counts);
		for (Counted counted : proof.dataSets()) {
			page.pair(ValueText.oneLine(counted.title()), count(counted, proof.level() == ProofLevel.DRILL));
		}
		proof.remarks().stream().map(ValueText::oneLine).forEach(page::line);
	}

	private static String owner(Damage damage) {
		return damage.dataSets().isEmpty() ? Messages.proof_file
				: ValueText.oneLine(String.join(", ", damage.dataSets()));
	}

	/** Something wrong, in a sentence. */
	static String sentence(Damage damage) {
		String place = damage.domain().isEmpty() ? "" : damage.domain() + '/' + damage.path() + ": ";
		String earlier = damage.earlier();
		return ValueText.oneLine(place + damage.what()) + (earlier == null ? ""
				: "\n" + Messages.proof_earlier.formatted(earlier.substring(0, Math.min(BRIEF, earlier.length()))));
	}

	private static String count(Counted counted, boolean drill) {
		Survey survey = counted.survey();
		String inBackup = switch (survey.presence()) {
			case PRESENT -> Human.number(survey.count());
			case ABSENT -> Messages.inside_absent;
			case UNREADABLE -> Messages.inside_unreadable + why(survey);
		};
		@Nullable
		Long onDevice = counted.onDevice();
		return !drill || onDevice == null || survey.presence() != Survey.Presence.PRESENT ? inBackup
				: Messages.proof_on_device.formatted(inBackup, Human.number(onDevice.longValue()));
	}

	private static String why(Survey survey) {
		return survey.remarks().isEmpty() ? "" : ": " + ValueText.oneLine(String.join(" ", survey.remarks()));
	}
}
