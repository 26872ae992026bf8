// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.system.KeychainItem;
import org.keepsake.dataset.system.KeychainItem.Kind;
import org.keepsake.dataset.system.KeychainItem.State;
import org.keepsake.dataset.system.SystemProblems;

/** The items of the keychain; only an encrypted backup has them in a form that another program can open. */
public final class KeychainDataSet implements DataSet {

	@Override
	public String id() {
		return "keychain";
	}

	@Override
	public String title() {
		return Texts.text("keychain.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return KeychainItem.class;
	}

	@Override
	public boolean hasSecrets() {
		return true;
	}

	@Override
	public List<Source> sources() {
		return List.of(Keychain.SOURCE);
	}

	/** Kinds and dates are within the seals, so all items are opened; their secrets are not kept. */
	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		if (!Keychain.isPresent(content)) {
			return Survey.absent(content.summary().encrypted() ? "" : Texts.text("keychain.absent"));
		}
		if (!content.summary().encrypted()) {
			ProblemException sealed = SystemProblems.KEYCHAIN_SEALED.exception();
			return Survey.unreadable(sealed.problem().cause() + ' ' + sealed.problem().remedy());
		}
		Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
		Map<State, Long> states = new EnumMap<>(State.class);
		Span span = new Span();
		try {
			new Keychain(content, false).forEach(Keychain.tables(), item -> {
				monitor.throwIfCancelled();
				kinds.merge(item.kind(), 1L, Long::sum);
				states.merge(item.state(), 1L, Long::sum);
				span.include(item.date());
				return true;
			});
		} catch (ProblemException e) {
			if (!e.is(DataProblems.UNREADABLE)) {
				throw e;
			}
			return Survey.unreadable(e.problem().title() + ". " + e.problem().cause());
		}
		long all = kinds.values().stream().mapToLong(Long::longValue).sum();
		Map<String, Long> parts = new LinkedHashMap<>();
		kinds.forEach((kind, count) -> parts.put(Texts.text("keychain." + kind.name().toLowerCase(Locale.ROOT)),
				count));
		List<String> remarks = new ArrayList<>();
		remark(remarks, "keychain.this-device", states.getOrDefault(State.THIS_DEVICE_ONLY, 0L));
		remark(remarks, "keychain.unreadable", states.getOrDefault(State.UNREADABLE, 0L));
		return Survey.present(all, span.first(), span.last()).withParts(parts).withRemarks(remarks);
	}

	private static void remark(List<String> remarks, String key, long count) {
		if (count > 0) {
			remarks.add(Texts.text(key, count));
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		if (!Keychain.isPresent(content)) {
			return;
		}
		if (!content.summary().encrypted()) {
			throw SystemProblems.KEYCHAIN_SEALED.exception();
		}
		new Keychain(content, selection.secrets()).forEach(Keychain.tables(), item -> {
			monitor.throwIfCancelled();
			return visitor.visit(item);
		});
	}
}
