// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ui.internal.model.UiProblems;

/**
 * Many entries in the order they came, any of which is at hand. They are kept in pages in a file without a name, packed
 * and sealed with a key that is nowhere but in memory, so that nothing of a backup can be read from the disk; memory
 * holds 16 bytes an entry and a few pages. One thread adds, any may ask; calls may wait for the disk, except {@link #size}
 * and {@link #ready}, which wait for nothing that takes time.
 */
final class Spool implements Closeable {

	/** The date of an entry without one: before all others. */
	static final long NO_DATE = Long.MIN_VALUE;

	private static final int PAGE_ROWS = 128;
	private static final int PAGE_BYTES = 1 << 19;
	private static final int DECODED_PAGES = 24;
	private static final int TAG_BITS = 128;

	private final FileChannel file;
	private final SecretKeySpec key;
	private final List<Page> pages = new ArrayList<>();
	private final Map<Integer, List<Entry>> decoded = new LinkedHashMap<>(16, 0.75f, true);
	private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
	private DataOutputStream out = new DataOutputStream(packed);
	private List<Entry> fresh = new ArrayList<>();
	private long[] dates = new long[1024];
	private long[] keys = new long[1024];
	private volatile int size;
	private boolean closed;
	/** Of the thread that adds. */
	private long end;

	/** Entries from {@code first} on, sealed. */
	private record Page(int first, long position, int length) {
	}

	/** Empty, in a new file. Problem: {@link UiProblems#NO_ROOM}. */
	Spool() throws IOException {
		try {
			Path path = Files.createTempFile("keepsake", ".page");
			file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE);
		} catch (IOException e) {
			throw UiProblems.noRoom(e);
		}
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		key = new SecretKeySpec(random, "AES");
		Arrays.fill(random, (byte) 0);
	}

	/** How many there are. */
	int size() {
		return size;
	}

	/** Adds one at the end. Problem: {@link UiProblems#NO_ROOM}. */
	void add(Entry entry) throws IOException {
		EntryCodec.write(out, entry);
		if (append(entry) == PAGE_ROWS || packed.size() >= PAGE_BYTES) {
			seal();
		}
	}

	/** How many there are that are not sealed. */
	private synchronized int append(Entry entry) {
		int row = size;
		if (row == dates.length) {
			dates = Arrays.copyOf(dates, row * 2);
			keys = Arrays.copyOf(keys, row * 2);
		}
		Instant date = entry.date();
		dates[row] = date == null ? NO_DATE : millis(date);
		keys[row] = trace(entry.key());
		fresh.add(entry);
		size = row + 1;
		return fresh.size();
	}

	private static long millis(Instant date) {
		try {
			return date.toEpochMilli();
		} catch (ArithmeticException e) {
			return date.getEpochSecond() < 0 ? NO_DATE + 1 : Long.MAX_VALUE;
		}
	}

	private static long trace(String text) {
		long hash = 1125899906842597L;
		for (int i = 0; i < text.length(); i++) {
			hash = 31 * hash + text.charAt(i);
		}
		return hash;
	}

	/** Puts what is not sealed into the file. Until that is done it is at hand as before. */
	private void seal() throws IOException {
		ByteArrayOutputStream small = new ByteArrayOutputStream(packed.size() / 3);
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try (DeflaterOutputStream deflating = new DeflaterOutputStream(small, deflater)) {
			packed.writeTo(deflating);
		} finally {
			deflater.end();
		}
		byte[] sealed = crypt(Cipher.ENCRYPT_MODE, sealedPages(), small.toByteArray());
		try {
			ByteBuffer rest = ByteBuffer.wrap(sealed);
			while (rest.hasRemaining()) {
				file.write(rest, end + rest.position());
			}
		} catch (IOException e) {
			throw UiProblems.noRoom(e);
		}
		sealed(end, sealed.length);
		end += sealed.length;
		packed.reset();
		out = new DataOutputStream(packed);
	}

	private synchronized int sealedPages() {
		return pages.size();
	}

	private synchronized void sealed(long position, int length) {
		if (!closed) {
			decoded.put(Integer.valueOf(pages.size()), List.copyOf(fresh));
			trim();
			pages.add(new Page(size - fresh.size(), position, length));
			fresh = new ArrayList<>();
		}
	}

	private byte[] crypt(int mode, int page, byte[] bytes) throws IOException {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			byte[] nonce = ByteBuffer.allocate(12).putInt(8, page).array();
			cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
			return cipher.doFinal(bytes);
		} catch (GeneralSecurityException e) {
			throw new IOException("A page cannot be sealed or opened", e);
		}
	}

	private void trim() {
		while (decoded.size() > DECODED_PAGES) {
			decoded.remove(decoded.keySet().iterator().next());
		}
	}

	/** The entry if no disk is needed for it; else null. */
	synchronized @Nullable Entry ready(int row) {
		int first = size - fresh.size();
		if (row >= first || row < 0) {
			return row >= 0 && row < size ? fresh.get(row - first) : null;
		}
		int page = pageOf(row);
		List<Entry> entries = decoded.get(Integer.valueOf(page));
		return entries == null ? null : entries.get(row - pages.get(page).first());
	}

	/** The entry. */
	Entry get(int row) throws IOException {
		int number;
		Page page;
		int next;
		synchronized (this) {
			Entry known = ready(row);
			if (known != null) {
				return known;
			}
			if (row < 0 || row >= size) {
				throw new IOException("There is no row " + row);
			}
			number = pageOf(row);
			page = pages.get(number);
			next = number + 1 < pages.size() ? pages.get(number + 1).first() : size - fresh.size();
		}
		List<Entry> entries = open(number, page, next);
		synchronized (this) {
			if (!closed) {
				decoded.put(Integer.valueOf(number), entries);
				trim();
			}
		}
		return entries.get(row - page.first());
	}

	/** @param next the row after the page's last */
	private List<Entry> open(int number, Page page, int next) throws IOException {
		ByteBuffer sealed = ByteBuffer.allocate(page.length());
		while (sealed.hasRemaining()) {
			if (file.read(sealed, page.position() + sealed.position()) < 0) {
				throw new IOException("A page is cut off");
			}
		}
		byte[] small = crypt(Cipher.DECRYPT_MODE, number, sealed.array());
		List<Entry> entries = new ArrayList<>();
		try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(small)))) {
			for (int row = page.first(); row < next; row++) {
				entries.add(EntryCodec.read(in));
			}
		}
		return List.copyOf(entries);
	}

	private int pageOf(int row) {
		int low = 0;
		int high = pages.size() - 1;
		while (low < high) {
			int middle = (low + high + 1) >>> 1;
			if (pages.get(middle).first() <= row) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return low;
	}

	/** The dates of all entries in milliseconds, {@link #NO_DATE} where there is none. */
	synchronized long[] dates() {
		return Arrays.copyOf(dates, size);
	}

	/** The row of the entry with the key, from a row on; negative if there is none. */
	int find(String wanted, int from) throws IOException {
		long trace = trace(wanted);
		for (int row = from;; row++) {
			synchronized (this) {
				while (row < size && keys[row] != trace) {
					row++;
				}
				if (row >= size) {
					return -1;
				}
			}
			if (get(row).key().equals(wanted)) {
				return row;
			}
		}
	}

	@Override
	public synchronized void close() throws IOException {
		closed = true;
		decoded.clear();
		fresh = new ArrayList<>();
		size = 0;
		pages.clear();
		file.close();
	}
}
