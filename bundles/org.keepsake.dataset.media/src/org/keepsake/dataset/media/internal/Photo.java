// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;

/**
 * A photo or video of the library.
 *
 * @param key          its UUID, or where its file is
 * @param name         its file's name on the device
 * @param originalName its file's name when it was made or imported; empty if unknown
 * @param kind         what it is
 * @param taken        when it was made; null if unknown
 * @param offset       of the place where it was made; null if unknown
 * @param timeZone     the same by name; empty if unknown
 * @param added        when it came into the library; null if unknown
 * @param place        where it was made; null if unknown
 * @param width        in pixels, 0 if unknown
 * @param height       in pixels, 0 if unknown
 * @param duration     of a video; null if unknown
 * @param favourite    whether it is marked so
 * @param hidden       whether it is in the album of hidden ones
 * @param deleted      whether it is in the album of recently deleted ones
 * @param deletedAt    since when; null if unknown
 * @param edited       whether it was edited
 * @param burst        what the photos of a burst have in common; empty if it is of none
 * @param albums       its albums, folders before them and joined by {@code /}; the one that was made first comes first
 * @param title        given by a person; empty if there is none
 * @param caption      given by a person; empty if there is none
 * @param source       where it comes from
 * @param availability whether its original is in the backup
 * @param files        its files, the original first
 */
public record Photo(String key, String name, String originalName, Kind kind, @Nullable Instant taken,
		@Nullable ZoneOffset offset, String timeZone, @Nullable Instant added, @Nullable Place place, long width,
		long height, @Nullable Duration duration, boolean favourite, boolean hidden, boolean deleted,
		@Nullable Instant deletedAt, boolean edited, String burst, List<String> albums, String title, String caption,
		Source source, Availability availability, List<PhotoFile> files) implements DataRecord {

	/** What a photo or video is. */
	public enum Kind {
		/** A still photo. */
		PHOTO("photo", false),
		/** With a short film. */
		LIVE_PHOTO("Live Photo", false),
		/** Wide. */
		PANORAMA("panorama", false),
		/** Of the device's own screen. */
		SCREENSHOT("screenshot", false),
		/** With moving pictures, such as a GIF. */
		ANIMATION("animation", false),
		/** A video. */
		VIDEO("video", true),
		/** Slowed down. */
		SLOW_MOTION("slow motion", true),
		/** Sped up. */
		TIME_LAPSE("time lapse", true),
		/** Of the device's own screen. */
		SCREEN_RECORDING("screen recording", true);

		private final String label;
		private final boolean video;

		Kind(String label, boolean video) {
			this.label = label;
			this.video = video;
		}

		/** For a person. */
		String label() {
			return label;
		}

		boolean isVideo() {
			return video;
		}
	}

	/** Where a photo comes from. */
	public enum Source {
		/** This device, or imported by its owner. */
		DEVICE,
		/** The owner's iCloud library. */
		ICLOUD,
		/** A shared album. */
		SHARED_ALBUM,
		/** Messages, shown by “Shared with You”. */
		SHARED_WITH_YOU
	}

	/** Whether an original is there. */
	public enum Availability {
		/** The backup has it. */
		HERE,
		/** It is in iCloud, not in the backup. */
		ICLOUD_ONLY,
		/** It should be in the backup, and is not. */
		MISSING
	}

	/**
	 * A place on Earth, WGS 84.
	 *
	 * @param latitude  degrees, north positive
	 * @param longitude degrees, east positive
	 */
	public record Place(double latitude, double longitude) {
	}

	/** Copies the lists. */
	public Photo {
		Objects.requireNonNull(key);
		albums = List.copyOf(albums);
		files = List.copyOf(files);
	}

	@Override
	public @Nullable Instant date() {
		return taken;
	}

	@Override
	public String headline() {
		String shown = originalName.isEmpty() ? name : originalName;
		String called = Stream.of(title, caption).filter(text -> !text.isBlank()).findFirst()
				.map(text -> " – " + text.strip().lines().findFirst().orElse("")).orElse("");
		return oneLine(shown) + called + " (" + kind.label() + (deleted ? ", recently deleted" : "")
				+ (availability == Availability.ICLOUD_ONLY ? ", in iCloud only" : "") + ')';
	}

	private static String oneLine(String text) {
		String line = text.lines().collect(Collectors.joining(" ")).strip();
		return line.isEmpty() ? "Photo" : line;
	}

	@Override
	public String searchText() {
		return String.join("\n", name, originalName, title, caption, kind.label(), String.join("\n", albums),
				favourite ? "favourite favorite" : "", hidden ? "hidden" : "", deleted ? "deleted" : "");
	}

	@Override
	public List<Attachment> attachments() {
		return files.stream().map(PhotoFile::file).toList();
	}
}
