// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.organizer.SafariPage.Kind;

/** Counts pages over several files. */
final class SafariTally {

	private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
	private final Span span = new Span();
	private final List<String> remarks = new ArrayList<>();
	private @Nullable ProblemException problem;
	private int files;
	private int failed;

	void count(Kind kind, long number) {
		counts.merge(kind, number, Long::sum);
	}

	void date(@Nullable Instant date) {
		span.include(date);
	}

	/** Takes over what another has counted, once that file is read to its end. */
	void add(SafariTally part) {
		part.counts.forEach(this::count);
		date(part.span.first());
		date(part.span.last());
	}

	void file() {
		files++;
	}

	void failed(ProblemException e) throws ProblemException {
		remarks.addAll(Unreadable.survey(e).remarks());
		problem = e;
		failed++;
	}

	/** What was counted; of an unencrypted backup with the reason why there is no history. */
	Survey survey(boolean encrypted) throws ProblemException {
		ProblemException last = problem;
		String noHistory = encrypted || counts.getOrDefault(Kind.VISIT, 0L) > 0 ? "" : Texts.text("safari.no-history");
		if (files == 0) {
			return Survey.absent(noHistory);
		}
		if (last != null && failed == files) {
			return Unreadable.survey(last);
		}
		Map<String, Long> parts = new LinkedHashMap<>();
		long all = 0;
		for (Map.Entry<Kind, Long> kind : counts.entrySet()) {
			if (kind.getValue() > 0) {
				parts.put(Texts.text("safari." + kind.getKey().name().toLowerCase(Locale.ROOT)), kind.getValue());
				all += kind.getValue();
			}
		}
		if (!noHistory.isEmpty()) {
			remarks.add(noHistory);
		}
		return Survey.present(all, span.first(), span.last()).withParts(parts).withRemarks(remarks);
	}
}
