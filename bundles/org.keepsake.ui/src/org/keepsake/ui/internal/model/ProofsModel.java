// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;
import org.keepsake.ui.internal.Messages;

/** How kept backups were proven: what is remembered of each, and in full what was found since the start. Thread-safe. */
public final class ProofsModel extends Model {

	private final Keepsake keepsake;
	private final Map<Verification.Subject, Proof> found = new ConcurrentHashMap<>();
	private volatile Map<Verification.Subject, List<Verification>> remembered = Map.of();

	/** Knows nothing until {@link #refresh()}. */
	public ProofsModel(Keepsake keepsake) {
		this.keepsake = keepsake;
	}

	/** Reads what is remembered, in the background. */
	public void refresh() {
		Thread.ofVirtual().name("read proofs").start(() -> {
			try {
				remembered = Map.copyOf(keepsake.verifications());
			} catch (RuntimeException e) {
				UiProblems.of(e);
			}
			changed();
		});
	}

	/** Keeps what a proof found. */
	public void proven(KeptBackup kept, Proof proof) {
		found.put(Verification.Subject.of(kept), proof);
		refresh();
	}

	/** The last proofs of a backup at each level, in the order of time. */
	public List<Verification> of(KeptBackup kept) {
		return remembered.getOrDefault(Verification.Subject.of(kept), List.of());
	}

	/** What the last proof since the start found. */
	public Optional<Proof> lastOf(KeptBackup kept) {
		return Optional.ofNullable(found.get(Verification.Subject.of(kept)));
	}

	/** How it was proven in a word: by its strongest proof, or that the last one found damage. */
	public String word(KeptBackup kept) {
		List<Verification> proofs = of(kept);
		if (proofs.isEmpty()) {
			return "–";
		}
		if (proofs.getLast().damaged() > 0) {
			return Messages.proof_damaged;
		}
		return proofs.stream().filter(proof -> proof.damaged() == 0).map(Verification::level)
				.max(Comparator.naturalOrder()).map(ProofsModel::word).orElse("–");
	}

	/** What a level proves, in a word. */
	public static String word(ProofLevel level) {
		return switch (level) {
			case STRUCTURE -> Messages.proof_structure;
			case CRYPTO -> Messages.proof_crypto;
			case CONTENT -> Messages.proof_content;
			case DRILL -> Messages.proof_drill;
		};
	}
}
