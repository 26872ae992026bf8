// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.core.storage.Storage;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.CheckOptions;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which packs a check reads.
 *
 * @param part      of so many parts, from 1 on; 0 for any
 * @param parts     how many parts; 0 if it follows from the bytes
 * @param sizeBytes about how much is read; -1 if parts say so
 */
record DataSubset(int part, int parts, long sizeBytes) {

	private static final int MOST_PARTS = 256;

	/** One of several parts. */
	record Part(int part, int parts) {
	}

	/** The part that is meant; where any will do, that of a pack drawn at random. @param storage in which the packs are */
	Part in(Storage storage) throws IOException {
		if (part > 0) {
			return new Part(part, parts);
		}
		SecureRandom random = new SecureRandom();
		long[] stored = new long[1];
		int[] packs = new int[1];
		BlobId[] drawn = { new BlobId(0, 0, 0, 0) };
		storage.list("data", (name, size) -> {
			stored[0] += size;
			if (random.nextInt(++packs[0]) == 0) {
				drawn[0] = BlobId.parse(name.substring(name.indexOf('/') + 1));
			}
			return true;
		});
		int count = sizeBytes >= 0 ? Math.clamp(stored[0] / Math.max(1, sizeBytes), 1, MOST_PARTS) : parts;
		int chosen = 1;
		while (chosen < count && !CheckOptions.subset(chosen, count).reads(drawn[0])) {
			chosen++;
		}
		return new Part(chosen, count);
	}

	/** Reads {@code 3/7}, {@code 10%} or {@code 5GB}. */
	static final class Converter implements ITypeConverter<DataSubset> {

		private static final Pattern PART = Pattern.compile("(\\d{1,3})/(\\d{1,3})");
		private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");

		@Override
		public DataSubset convert(String text) {
			Matcher part = PART.matcher(text);
			if (part.matches()) {
				int number = Integer.parseInt(part.group(1));
				int of = Integer.parseInt(part.group(2));
				if (number < 1 || number > of || of > MOST_PARTS) {
					throw new TypeConversionException("'" + text + "' is no part such as 1/7; there are at most 256");
				}
				return new DataSubset(number, of, -1);
			}
			Matcher percent = PERCENT.matcher(text);
			if (percent.matches()) {
				double value = Double.parseDouble(percent.group(1));
				if (value <= 0 || value > 100) {
					throw new TypeConversionException("'" + text + "' is no share between 0% and 100%");
				}
				return new DataSubset(0, (int) Math.clamp(Math.floor(100 / value), 1, MOST_PARTS), -1);
			}
			return new DataSubset(0, 0, Math.max(1, new ByteCountConverter().convert(text).longValue()));
		}
	}
}
