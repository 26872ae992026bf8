// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Topic;
import org.keepsake.core.storage.StorageFactory;

/**
 * The settings of a target, read with care. All storages on servers understand
 *
 * <ul>
 * <li>{@code limit.upload}, {@code limit.download}: bytes a second, such as {@code 2M} ({@link RateLimit#parse});
 * <li>{@code retry.seconds}: how long to keep trying after a failure that can pass; 120 if not set, 0 for not at all.
 * </ul>
 */
public final class StorageSettings {

	/** A setting is not understood. First argument: its name, second: an example. */
	public static final ProblemType SETTING = ProblemType.of(StorageSettings.class, "storage.setting",
			Retry.AFTER_REMEDY);

	private static final int LONGEST_SECONDS = 86_400;

	private final StorageFactory.Context context;

	/** @param context read from each time that something is asked for */
	public StorageSettings(StorageFactory.Context context) {
		this.context = context;
	}

	/** What all storages on servers understand. */
	public static List<Setting> described() {
		return List.of(network("limit.upload"), network("limit.download"), network("retry.seconds"),
				network("connections"));
	}

	/** The password of a user on a server. */
	public static Setting password() {
		return Setting.hidden(StorageSettings.class, "password");
	}

	private static Setting network(String key) {
		return Setting.line(StorageSettings.class, Topic.NETWORK, key);
	}

	/** A setting's text without the space around it; empty if it is not set or blank. */
	public Optional<String> text(String name) {
		return Optional.ofNullable(context.settings().get(name)).map(String::strip).filter(text -> !text.isEmpty());
	}

	/** A variable of the environment, in capitals or, as some programs have it, in small letters. */
	public Optional<String> variable(String name) {
		return Optional.ofNullable(context.environment().get(name))
				.or(() -> Optional.ofNullable(context.environment().get(name.toLowerCase(Locale.ROOT))))
				.map(String::strip).filter(text -> !text.isEmpty());
	}

	/** Yes or no. */
	public boolean flag(String name, boolean usual) throws ProblemException {
		Optional<String> text = text(name).map(value -> value.toLowerCase(Locale.ROOT));
		return switch (text.orElse("")) {
			case "" -> usual;
			case "true", "yes", "on", "1" -> true;
			case "false", "no", "off", "0" -> false;
			default -> throw SETTING.exception(name, "true");
		};
	}

	/** A whole number within bounds, both included. */
	public long number(String name, long usual, long least, long most) throws ProblemException {
		Optional<String> text = text(name);
		if (text.isEmpty()) {
			return usual;
		}
		try {
			long number = Long.parseLong(text.get());
			if (number >= least && number <= most) {
				return number;
			}
		} catch (NumberFormatException e) {
			throw SETTING.exceptionBecause(e, name, String.valueOf(usual));
		}
		throw SETTING.exception(name, String.valueOf(usual));
	}

	/** What limits the way there. */
	public RateLimit upload() throws ProblemException {
		return limit("limit.upload");
	}

	/** What limits the way here. */
	public RateLimit download() throws ProblemException {
		return limit("limit.download");
	}

	private RateLimit limit(String name) throws ProblemException {
		try {
			return RateLimit.parse(text(name).orElse(""));
		} catch (IllegalArgumentException e) {
			throw SETTING.exceptionBecause(e, name, "2M");
		}
	}

	/** How long to keep trying. */
	public Retries retries() throws ProblemException {
		return Retries.within(
				Duration.ofSeconds(number("retry.seconds", Retries.USUAL.toSeconds(), 0, LONGEST_SECONDS)));
	}
}
