// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;

/**
 * What two versions differ in.
 *
 * @param domains  those in which a file differs, by name
 * @param dataSets those that one of the versions has, by name
 */
public record Comparison(List<DomainChange> domains, List<DataSetChange> dataSets) {

	/** Copies the lists. */
	public Comparison {
		domains = List.copyOf(domains);
		dataSets = List.copyOf(dataSets);
	}

	/** How a file or record differs. */
	public enum Change {
		/** Only the newer version has it. */
		ADDED,
		/** Both have it, but not alike. */
		CHANGED,
		/** Only the older version has it. */
		REMOVED
	}

	/**
	 * Files.
	 *
	 * @param files how many
	 * @param bytes of all together, in the newer version or, where they were removed, the older
	 */
	public record Amount(long files, long bytes) {

		/** None. */
		public static final Amount NONE = new Amount(0, 0);

		/** One file more. */
		public Amount plus(long sizeBytes) {
			return new Amount(files + 1, bytes + sizeBytes);
		}
	}

	/**
	 * A domain in which a file differs: in its size, or its date of modification.
	 *
	 * @param domain  its name
	 * @param added   only the newer version has
	 * @param changed differ
	 * @param removed only the older version has
	 */
	public record DomainChange(String domain, Amount added, Amount changed, Amount removed) {
	}

	/**
	 * A data set.
	 *
	 * @param dataSet its identifier
	 * @param title   its name
	 * @param before  how many records the older version has
	 * @param after   how many the newer one has
	 * @param added   how many only the newer one has
	 * @param changed how many differ
	 * @param removed how many only the older one has
	 * @param trouble why it could not be compared; null if it was
	 */
	public record DataSetChange(String dataSet, String title, long before, long after, long added, long changed,
			long removed, @Nullable String trouble) {

		/** Whether nothing differs, as far as is known. */
		public boolean isSame() {
			return added == 0 && changed == 0 && removed == 0 && trouble == null;
		}
	}

	/** Receives records that differ, one by one. */
	@FunctionalInterface
	public interface RecordVisitor {
		/** @param entry of the newer version, unless it was removed. @return false to end the visit */
		boolean visit(Change change, DataRecord entry) throws IOException;
	}
}
