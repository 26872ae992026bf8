// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.repository.Compression;
import org.keepsake.repository.SaveOptions;
import org.keepsake.repository.StoreTrial;

/**
 * What a person has set for a target of this kind.
 *
 * @param quota       bytes that may be stored; {@link #UNLIMITED} for any number
 * @param prune       whether room of deleted versions is freed by itself
 * @param compression how hard is compressed
 * @param packSize    bytes from which on a pack is full
 */
record Settings(long quota, boolean prune, Compression compression, int packSize) {

	/** No quota. */
	static final long UNLIMITED = Long.MAX_VALUE;

	private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([KMGTP]?)(I?B)?");

	/** What can be set for targets of this kind. */
	static List<Setting> described() {
		return List.of(Setting.line(Settings.class, Topic.STORING, "quota"),
				Setting.choice(Settings.class, Topic.STORING, "compression", "auto", "max", "off"),
				Setting.choice(Settings.class, Topic.STORING, "prune", "auto", "never"),
				Setting.line(Settings.class, Topic.STORING, "pack.size"),
				Setting.flag(Settings.class, Topic.STORING, StoreTrial.APPEND_ONLY));
	}

	/** @throws ProblemException {@link RepositoryTargetProblems#SETTING} */
	static Settings of(Map<String, String> settings) throws ProblemException {
		String quota = settings.getOrDefault("quota", "");
		String appendOnly = settings.getOrDefault(StoreTrial.APPEND_ONLY, "false");
		if (!appendOnly.equals("true") && !appendOnly.equals("false")) {
			// Whoever checks a store reads it; a word that means something else to that must not be kept.
			throw wrong(StoreTrial.APPEND_ONLY, appendOnly, "true, false");
		}
		return new Settings(quota.isEmpty() ? UNLIMITED : size("quota", quota, "50G"),
				switch (settings.getOrDefault("prune", "auto")) {
					case "auto" -> true;
					case "never" -> false;
					case String other -> throw wrong("prune", other, "auto, never");
				}, switch (settings.getOrDefault("compression", "auto")) {
					case "auto" -> Compression.AUTO;
					case "off" -> Compression.OFF;
					case "max" -> Compression.MAX;
					case String other -> throw wrong("compression", other, "auto, off, max");
				}, packSize(settings.getOrDefault("pack.size", "")));
	}

	private static int packSize(String text) throws ProblemException {
		long bytes = text.isEmpty() ? SaveOptions.DEFAULT.packSize() : size("pack.size", text, "4M ... 128M");
		if (bytes < 4 << 20 || bytes > 128 << 20) {
			throw wrong("pack.size", text, "4M ... 128M");
		}
		return (int) bytes;
	}

	/** Bytes: {@code 50G} and {@code 50 GiB} count in steps of 1,024, {@code 50GB} in steps of 1,000. */
	private static long size(String name, String text, String examples) throws ProblemException {
		Matcher matcher = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw wrong(name, text, examples);
		}
		String unit = matcher.group(2);
		long step = "B".equals(matcher.group(3)) && !unit.isEmpty() ? 1000 : 1024;
		long bytes = Long.parseLong(matcher.group(1));
		for (int i = "KMGTP".indexOf(unit.isEmpty() ? "-" : unit); i >= 0; i--) {
			if (bytes > Long.MAX_VALUE / step) {
				throw wrong(name, text, examples);
			}
			bytes *= step;
		}
		return bytes;
	}

	private static ProblemException wrong(String name, String value, String examples) {
		return RepositoryTargetProblems.SETTING.exception(name, value, examples);
	}

	/** How content is stored. @param patience how long others are waited for */
	SaveOptions saving(Duration patience) {
		SaveOptions usual = SaveOptions.DEFAULT;
		return new SaveOptions(compression, packSize, usual.uploads(), patience);
	}
}
