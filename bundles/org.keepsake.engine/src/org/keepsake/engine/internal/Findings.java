// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Problem;
import org.keepsake.engine.Finding;
import org.keepsake.engine.Finding.Severity;

/**
 * Collects findings. The texts of a finding are {@code finding.<id>.<variant>} and, where there is something to do,
 * the same with {@code .remedy}. Used by one thread.
 */
public final class Findings {

	private final List<Finding> all = new ArrayList<>();
	private @Nullable Problem first;

	/** Something is as it should be. */
	public void good(String id, String variant, @Nullable Object... arguments) {
		add(id, Severity.GOOD, variant, arguments);
	}

	/** Something is worth knowing. */
	public void advice(String id, String variant, @Nullable Object... arguments) {
		add(id, Severity.ADVICE, variant, arguments);
	}

	/** Something may go wrong. */
	public void warning(String id, String variant, @Nullable Object... arguments) {
		add(id, Severity.WARNING, variant, arguments);
	}

	/** Something will go wrong: the problem that the job would end with. */
	public void blocker(String id, Problem problem) {
		if (first == null) {
			first = problem;
		}
		all.add(ofProblem(id, Severity.BLOCKER, problem));
	}

	/** A problem that is no obstacle, or whose weight the caller knows. */
	public void problem(String id, Severity severity, Problem problem) {
		all.add(ofProblem(id, severity, problem));
	}

	/** A finding made elsewhere. */
	public void add(Finding finding) {
		all.add(finding);
	}

	/** The problem of the first blocker. */
	public Optional<Problem> blocker() {
		Problem found = first;
		return found == null ? Optional.empty() : Optional.of(found);
	}

	/** The findings, the worst first, otherwise in the order in which they were made. */
	public List<Finding> worstFirst() {
		return all.stream().sorted(Comparator.comparing(Finding::severity).reversed()).toList();
	}

	/** The findings in the order in which they were made. */
	public List<Finding> inOrder() {
		return List.copyOf(all);
	}

	/** How many are so bad. */
	public long count(Severity severity) {
		return all.stream().filter(finding -> finding.severity() == severity).count();
	}

	private void add(String id, Severity severity, String variant, @Nullable Object... arguments) {
		String key = "finding." + id + '.' + variant;
		String remedy = Texts.has(key + ".remedy") ? Texts.of(key + ".remedy", arguments) : null;
		all.add(new Finding(id, severity, Texts.of(key, arguments), remedy));
	}

	private static Finding ofProblem(String id, Severity severity, Problem problem) {
		String what = problem.cause().isEmpty() ? problem.title() + '.' : problem.title() + ". " + problem.cause();
		return new Finding(id, severity, what, problem.remedy());
	}
}
