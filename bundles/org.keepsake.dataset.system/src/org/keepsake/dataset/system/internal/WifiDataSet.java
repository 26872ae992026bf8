// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.system.KeychainItem;
import org.keepsake.dataset.system.KeychainItem.Kind;
import org.keepsake.dataset.system.WifiNetwork;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * Known Wi-Fi networks, of the list that iOS 14 and later write and of the one before it; a network that both have is taken
 * from the newer. Passwords are in the keychain. Form: {@code abrignoni/iLEAPP} {@code scripts/artifacts/appleWifiPlist.py}.
 */
public final class WifiDataSet implements DataSet {

	private static final String DOMAIN = "SystemPreferencesDomain";
	private static final String NEW = "com.apple.wifi.known-networks.plist";
	private static final String OLD = "SystemConfiguration/com.apple.wifi.plist";
	private static final long MAX_BYTES = 32L << 20;

	@Override
	public String id() {
		return "wifi";
	}

	@Override
	public String title() {
		return Texts.text("wifi.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return WifiNetwork.class;
	}

	@Override
	public boolean hasSecrets() {
		return true;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.files(DOMAIN, NEW), Source.files(DOMAIN, OLD), Keychain.SOURCE);
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		if (!isPresent(content)) {
			return Survey.absent(content.summary().encrypted() ? "" : Texts.text("wifi.absent"));
		}
		try {
			Passwords passwords = Passwords.of(content, false);
			Span span = new Span();
			List<WifiNetwork> networks = networks(content, passwords);
			networks.forEach(network -> span.include(network.date()));
			return Survey.present(networks.size(), span.first(), span.last()).withRemarks(passwords.remarks);
		} catch (ProblemException e) {
			if (!e.is(DataProblems.UNREADABLE)) {
				throw e;
			}
			return Survey.unreadable(e.problem().title() + ". " + e.problem().cause());
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		if (!isPresent(content)) {
			return;
		}
		for (WifiNetwork network : networks(content, Passwords.of(content, selection.secrets()))) {
			monitor.throwIfCancelled();
			if (!visitor.visit(network)) {
				return;
			}
		}
	}

	private static boolean isPresent(BackupContent content) throws IOException {
		return content.find(DOMAIN, NEW).isPresent() || content.find(DOMAIN, OLD).isPresent();
	}

	/** All of them; a property list is read as a whole, and bounded. */
	private static List<WifiNetwork> networks(BackupContent content, Passwords passwords) throws IOException {
		Map<String, WifiNetwork> networks = new LinkedHashMap<>();
		PropertyList newer = list(content, NEW);
		for (String key : newer.keys()) {
			if (newer.get(key) instanceof PropertyList entry) {
				add(networks, WifiReader.known(key, entry, passwords.known));
			}
		}
		if (list(content, OLD).get("List of known networks") instanceof List<?> entries) {
			for (Object each : entries) {
				if (each instanceof PropertyList entry) {
					add(networks, WifiReader.older(entry, passwords.known));
				}
			}
		}
		return List.copyOf(networks.values());
	}

	private static void add(Map<String, WifiNetwork> networks, @Nullable WifiNetwork network) {
		if (network != null) {
			networks.putIfAbsent(network.key(), network);
		}
	}

	private static PropertyList list(BackupContent content, String path) throws IOException {
		Optional<ContentFile> file = content.find(DOMAIN, path);
		if (file.isEmpty()) {
			return PropertyList.EMPTY;
		}
		try (InputStream in = content.open(file.get())) {
			return PropertyList.read(in, MAX_BYTES, _ -> true);
		} catch (PlistException e) {
			throw DataProblems.UNREADABLE.exceptionBecause(e, DOMAIN + '/' + path, String.valueOf(e.getMessage()));
		}
	}

	/** Passwords by the names of networks, masked unless they were asked for. */
	private static final class Passwords {

		private final Map<String, String> known = new HashMap<>();
		private final List<String> remarks = new ArrayList<>();
		private final Set<String> seen = new HashSet<>();

		static Passwords of(BackupContent content, boolean secrets) throws IOException {
			Passwords passwords = new Passwords();
			if (!content.summary().encrypted()) {
				passwords.remarks.add(Texts.text("wifi.no-passwords"));
			} else if (Keychain.isPresent(content)) {
				try {
					new Keychain(content, secrets).forEach(Set.of("genp"), passwords::take);
				} catch (ProblemException e) {
					if (!e.is(DataProblems.UNREADABLE)) {
						throw e;
					}
					passwords.remarks.add(e.problem().title() + ". " + e.problem().cause());
				}
			}
			return passwords;
		}

		private boolean take(KeychainItem item) {
			String secret = item.secret();
			if (item.kind() == Kind.WIFI && secret != null && seen.add(item.account())) {
				known.put(item.account(), secret);
			}
			return true;
		}
	}
}
