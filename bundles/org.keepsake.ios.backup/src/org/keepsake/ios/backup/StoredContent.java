// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.util.Arrays;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the index says of how a file's content is stored: what {@link Backup#read} needs, opaque to everybody else.
 * Immutable; holds no secret, the key in it is wrapped.
 */
public final class StoredContent {

	/** Nothing is said: the content lies there as it is, and nothing proves it. */
	public static final StoredContent PLAIN = new StoredContent(null, null, null);

	private final byte @Nullable [] wrappedKey;
	private final byte @Nullable [] digest;
	private final @Nullable String flaw;

	private StoredContent(byte @Nullable [] wrappedKey, byte @Nullable [] digest, @Nullable String flaw) {
		this.wrappedKey = wrappedKey;
		this.digest = digest;
		this.flaw = flaw;
	}

	/**
	 * As an index records it.
	 *
	 * @param wrappedKey protection class and wrapped key; null for content that is not encrypted
	 * @param digest     SHA-1 of the stored bytes; null where none is recorded
	 */
	public static StoredContent of(byte @Nullable [] wrappedKey, byte @Nullable [] digest) {
		return wrappedKey == null && digest == null ? PLAIN
				: new StoredContent(wrappedKey == null ? null : wrappedKey.clone(),
						digest == null ? null : digest.clone(), null);
	}

	/** Of an entry whose record cannot be understood. @param flaw why not, for a person */
	public static StoredContent unreadable(String flaw) {
		return new StoredContent(null, null, flaw);
	}

	/** Protection class and wrapped key as recorded; null for content that is not encrypted. */
	public byte @Nullable [] wrappedKey() {
		return wrappedKey == null ? null : wrappedKey.clone();
	}

	/** SHA-1 of the stored bytes; null where none is recorded. */
	public byte @Nullable [] digest() {
		return digest == null ? null : digest.clone();
	}

	/** Why the record cannot be understood; null for one that can. */
	public @Nullable String flaw() {
		return flaw;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof StoredContent that && Arrays.equals(that.wrappedKey, wrappedKey)
				&& Arrays.equals(that.digest, digest) && Objects.equals(that.flaw, flaw);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(wrappedKey) + Arrays.hashCode(digest);
	}

	@Override
	public String toString() {
		return wrappedKey == null ? "StoredContent[plain]" : "StoredContent[encrypted]";
	}
}
