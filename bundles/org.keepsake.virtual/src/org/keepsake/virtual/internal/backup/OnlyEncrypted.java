// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFiles;

/**
 * What a device puts into encrypted backups only: Health, HomeKit, Wi-Fi networks, and since iOS 13 call history and what
 * Safari was used for. The keychain is not of it: its copy is in every backup, sealed with keys that an unencrypted backup
 * does not open elsewhere.
 *
 * <p>
 * Health, HomeKit, Wi-Fi and the habits are {@code RelativePathsToOnlyBackupEncrypted} of iOS 16.4's {@code Domains.plist}
 * (PeterBlenessy/traceloupe {@code tools/data/ios-backup-domains.json}, after a transcription by leminlimez). There, call
 * history, history and tabs are no part of it, and yet only encrypted backups hold them (mvt-project/mvt
 * {@code docs/ios/records.md}; Apple's help on encrypted backups), from iOS 13 on (SANS FOR585). The root of a domain is
 * in every backup.
 */
final class OnlyEncrypted {

	private static final String CALLS_AND_SAFARI_SINCE = "13.0";

	/** Domains of which nothing else is ever backed up. */
	private static final Set<String> DOMAINS = Set.of("HealthDomain", "HomeKitDomain");
	/** Files, and folders with all that is in them. */
	private static final Map<String, List<String>> PATHS = Map.of("SystemPreferencesDomain",
			List.of("com.apple.wifi.known-networks.plist", "SystemConfiguration/com.apple.wifi.plist",
					"SystemConfiguration/com.apple.wifi-private-mac-networks.plist"),
			"HomeDomain", List.of("Library/VoiceTrigger/SAT", "Library/com.apple.geod",
					"Library/com.apple.siri.remembers", "Library/CoreDuet/People/interactionC.db",
					"Library/PersonalizationPortrait", "Library/DuetExpertCenter/D2DBackups",
					"Library/Preferences/com.apple.speakerrecognition.plist",
					"Library/DoNotDisturb/DB/ModeConfigurations.json",
					"Library/DoNotDisturb/DB/ModeConfigurationsSecure.json",
					"Library/DoNotDisturb/DB/Settings.sqlite"));
	private static final List<String> CALLS = List.of("Library/CallHistoryDB", "Library/CallHistoryTransactions");
	private static final Set<String> SAFARI_DOMAINS = Set.of("HomeDomain", "AppDomain-com.apple.mobilesafari");
	private static final Pattern SAFARI = Pattern.compile("Library/Safari/(?:(?:Profiles/[^/]+/)?History\\.(?:db|plist)"
			+ "|BrowserState\\.db|SafariTabs\\.db|CloudTabs\\.db|SuspendState\\.plist)");
	/** What SQLite keeps beside a database goes where the database goes. */
	private static final Pattern BESIDE = Pattern.compile("-(?:wal|shm|journal)$");

	private final boolean callsAndSafari;

	/** As a device with this iOS decides. */
	OnlyEncrypted(String iosVersion) {
		callsAndSafari = Versions.atLeast(iosVersion, CALLS_AND_SAFARI_SINCE);
	}

	/** Whether an unencrypted backup leaves this file, folder or link out. */
	boolean has(String domain, String path) {
		if (path.isEmpty()) {
			return false;
		}
		String file = BESIDE.matcher(path).replaceFirst("");
		if (DOMAINS.contains(domain) || isIn(PATHS.getOrDefault(domain, List.of()), file)) {
			return true;
		}
		return callsAndSafari && (domain.equals("HomeDomain") && isIn(CALLS, file)
				|| SAFARI_DOMAINS.contains(domain) && SAFARI.matcher(file).matches());
	}

	private static boolean isIn(List<String> places, String path) {
		return places.stream().anyMatch(place -> path.startsWith(place)
				&& (path.length() == place.length() || path.charAt(place.length()) == '/'));
	}

	/** The files without these, which it closes when it is closed. */
	VirtualFiles.Snapshot without(VirtualFiles.Snapshot all) {
		return new VirtualFiles.Snapshot() {
			@Override
			public void forEach(VirtualFiles.Visitor visitor) throws IOException {
				all.forEach((file, content) -> {
					if (!has(file.domain(), file.path())) {
						visitor.visit(file, content);
					}
				});
			}

			@Override
			public @Nullable VirtualFile find(String domain, String path) throws IOException {
				return has(domain, path) ? null : all.find(domain, path);
			}

			@Override
			public void close() {
				all.close();
			}
		};
	}
}
