// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.ReadingChannel;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/** A file's content, read from its blobs. Thread-safe, as channels of files are. */
public final class ContentChannel extends ReadingChannel {

	/** Bytes of a pack that one request fetches at most, beyond the first blob. */
	private static final int RUN = 4 << 20;
	/** Bytes between two blobs that are read and thrown away rather than asked for separately. */
	private static final int GAP = 64 << 10;
	/** Bytes of content that stay for readers who go back and forth. */
	private static final long KEPT = 12 << 20;
	private static final Executor AHEAD = task -> Thread.ofVirtual().name("repository read ahead").start(task);

	private final Vault vault;
	private final List<BlobId> content;
	/** Where each blob begins; one more for the end. */
	private final long[] starts;
	/** Content of blobs by their place, those used last at the end. */
	private final LinkedHashMap<Integer, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
	private long keptBytes;
	private int lastUsed = -2;
	private @Nullable CompletableFuture<Map<Integer, byte[]>> ahead;

	/** @throws ProblemException if a part is not stored */
	public ContentChannel(Vault vault, List<BlobId> content) throws IOException {
		this.vault = vault;
		this.content = List.copyOf(content);
		starts = new long[content.size() + 1];
		for (int i = 0; i < content.size(); i++) {
			starts[i + 1] = starts[i] + vault.listing().locate(content.get(i), BlobType.DATA).plainLength();
		}
	}

	@Override
	protected void read(long at, ByteBuffer to) throws IOException {
		long position = at;
		while (to.hasRemaining() && position < length()) {
			int place = place(position);
			byte[] bytes = blob(place);
			int from = (int) (position - starts[place]);
			int n = Math.min(to.remaining(), bytes.length - from);
			if (n <= 0) {
				throw vault.damaged("data " + content.get(place));
			}
			to.put(bytes, from, n);
			position += n;
		}
	}

	/** The blob that holds a position. */
	private int place(long at) {
		int low = 0;
		int high = content.size() - 1;
		while (low < high) {
			int middle = (low + high + 1) >>> 1;
			if (starts[middle] <= at) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return low;
	}

	private byte[] blob(int place) throws IOException {
		byte[] bytes = kept.get(place);
		if (bytes == null) {
			takeAhead();
			bytes = kept.get(place);
		}
		if (bytes == null) {
			keep(fetch(place));
			bytes = kept.get(place);
		}
		if (bytes == null) {
			throw vault.damaged("data " + content.get(place));
		}
		if (place == lastUsed + 1 && ahead == null) {
			int next = place + 1;
			while (kept.containsKey(next)) {
				next++;
			}
			if (next < content.size() && next <= place + 2) {
				int from = next;
				ahead = CompletableFuture.supplyAsync(() -> {
					try {
						return fetch(from);
					} catch (IOException e) {
						throw new CompletionException(e);
					}
				}, AHEAD);
			}
		}
		lastUsed = place;
		return bytes;
	}

	private void takeAhead() {
		CompletableFuture<Map<Integer, byte[]>> coming = ahead;
		if (coming != null) {
			ahead = null;
			try {
				keep(coming.join());
			} catch (CompletionException e) {
				// The same is tried again by the reader, who hears of it.
				System.getLogger(ContentChannel.class.getName()).log(System.Logger.Level.DEBUG, "Reading ahead failed",
						e);
			}
		}
	}

	private void keep(Map<Integer, byte[]> fetched) {
		fetched.forEach((place, bytes) -> {
			if (kept.put(place, bytes) == null) {
				keptBytes += bytes.length;
			}
		});
		Iterator<Map.Entry<Integer, byte[]>> oldest = kept.entrySet().iterator();
		while (keptBytes > KEPT && kept.size() > fetched.size()) {
			Map.Entry<Integer, byte[]> entry = oldest.next();
			if (!fetched.containsKey(entry.getKey())) {
				keptBytes -= entry.getValue().length;
				oldest.remove();
			}
		}
	}

	/** A blob and those that follow it in the content and in its pack. */
	private Map<Integer, byte[]> fetch(int first) throws IOException {
		List<PackedBlob> run = new ArrayList<>();
		Listing.Place place = vault.listing().locate(content.get(first), BlobType.DATA);
		BlobId pack = place.pack();
		PackedBlob blob = place.blob();
		long from = blob.offset();
		long end = from;
		while (run.isEmpty() || place.pack().equals(pack) && blob.offset() >= end && blob.offset() - end <= GAP
				&& blob.offset() + blob.length() - from <= RUN) {
			run.add(blob);
			end = (long) blob.offset() + blob.length();
			if (first + run.size() == content.size()) {
				break;
			}
			place = vault.listing().locate(content.get(first + run.size()), BlobType.DATA);
			blob = place.blob();
		}
		Map<Integer, byte[]> fetched = new LinkedHashMap<>();
		byte[] sealed;
		try {
			sealed = vault.blobs().readData(pack, from, (int) (end - from));
		} catch (ProblemException e) {
			// Perhaps another pack has it.
			fetched.put(first, vault.loadBlob(content.get(first), BlobType.DATA));
			return fetched;
		}
		for (int i = 0; i < run.size(); i++) {
			fetched.put(first + i, open(run.get(i), sealed, (int) (run.get(i).offset() - from)));
		}
		return fetched;
	}

	private byte[] open(PackedBlob blob, byte[] sealed, int offset) throws IOException {
		Codec codec = vault.codecs().take();
		try {
			int length = codec.decode(sealed, offset, blob.length(), blob.uncompressed());
			if (length >= 0 && codec.hash(codec.plain(), 0, length).equals(blob.id())) {
				return java.util.Arrays.copyOf(codec.plain(), length);
			}
		} finally {
			vault.codecs().release(codec);
		}
		return vault.loadBlob(blob.id(), BlobType.DATA);
	}

	@Override
	protected long length() {
		return starts[content.size()];
	}

	@Override
	protected void release() {
		kept.clear();
	}
}
