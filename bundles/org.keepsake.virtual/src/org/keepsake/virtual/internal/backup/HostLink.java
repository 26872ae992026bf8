// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * DeviceLink as the device speaks it: property lists in frames (length big endian), raw streams of files between them,
 * and the host's answers. Sources: libimobiledevice {@code src/device_link_service.c} and
 * {@code tools/idevicebackup2.c}, pymobiledevice3 {@code services/device_link.py}. One thread.
 */
final class HostLink {

	/** What hosts and devices write for "no text". */
	static final String EMPTY = "___EmptyParameterString___";

	private static final int MAX_MESSAGE = 256 << 20;
	private static final int MAX_NAME = 1 << 16;

	private final Misbehaviour misbehaviour;
	private final InputStream in;
	private final OutputStream out;
	private final boolean oldNames;
	private final List<String> oddities = new ArrayList<>();
	private final UploadStream uploads;
	private long maxFrame;

	/** @param oldNames whether to spell messages as devices before iOS 10 do */
	HostLink(Misbehaviour misbehaviour, boolean oldNames) {
		this.misbehaviour = misbehaviour;
		this.oldNames = oldNames;
		in = misbehaviour.input();
		out = misbehaviour.output();
		uploads = new UploadStream(out, this::answer);
	}

	OutputStream output() {
		return out;
	}

	InputStream input() {
		return in;
	}

	/** The largest frame of file data that the host sent, without its code byte. */
	long maxFrame() {
		return maxFrame;
	}

	/** What the host answered that no host should. */
	List<String> oddities() {
		return List.copyOf(oddities);
	}

	void odd(String what) {
		if (oddities.size() < 20) {
			oddities.add(what);
		}
	}

	/** Sends a message that wants no answer. */
	void send(Object... elements) throws IOException {
		byte[] message = BinaryPlistWriter.write(List.of(elements));
		out.write(ByteBuffer.allocate(4).putInt(message.length).array());
		out.write(message);
		out.flush();
	}

	/** The final message of an operation. */
	void respond(Map<String, Object> response) throws IOException {
		send("DLMessageProcessMessage", response);
	}

	/** Waits for the next message. */
	List<?> receive() throws IOException {
		int length = number();
		if (length < 0 || length > MAX_MESSAGE) {
			throw new IOException("a message of " + Integer.toUnsignedString(length) + " bytes");
		}
		byte[] message = in.readNBytes(length);
		if (message.length < length) {
			throw new EOFException("the host went away in the middle of a message");
		}
		if (Plists.read(message) instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof String) {
			return list;
		}
		throw new IOException("a message that is not a list that begins with a name");
	}

	private int number() throws IOException {
		byte[] bytes = in.readNBytes(4);
		if (bytes.length < 4) {
			throw new EOFException("the host went away");
		}
		return ByteBuffer.wrap(bytes).getInt();
	}

	/** Sends a message and waits for the host's answer. */
	HostAnswer ask(Object... elements) throws IOException {
		misbehaviour.message();
		send(elements);
		return answer();
	}

	private HostAnswer answer() throws IOException {
		List<?> answer = receive();
		if (!"DLMessageStatusResponse".equals(answer.getFirst())) {
			if ("DLMessageDisconnect".equals(answer.getFirst())) {
				throw new EOFException("the host said goodbye in the middle of an operation");
			}
			throw new IOException("the host answered with " + answer.getFirst());
		}
		Object value = answer.size() > 3 && answer.get(3) != null ? answer.get(3) : Map.of();
		if (answer.size() < 4 || !(answer.get(1) instanceof Long) || !(answer.get(2) instanceof String)) {
			odd("an answer of " + answer.size() + " elements");
		}
		long code = answer.size() > 1 && answer.get(1) instanceof Number number ? number.longValue() : -1;
		return new HostAnswer(code, answer.size() > 2 && answer.get(2) instanceof String text ? text : "", value);
	}

	HostAnswer createDirectory(String path) throws IOException {
		return ask("DLMessageCreateDirectory", path);
	}

	HostAnswer move(Map<String, Object> moves, double progress) throws IOException {
		return ask(oldNames ? "DLMessageMoveFiles" : "DLMessageMoveItems", moves, Map.of(), progress);
	}

	HostAnswer remove(List<String> paths, double progress) throws IOException {
		return ask(oldNames ? "DLMessageRemoveFiles" : "DLMessageRemoveItems", paths, Map.of(), progress);
	}

	HostAnswer list(String path) throws IOException {
		return ask("DLContentsOfDirectory", path);
	}

	/** The bytes free on the host; -1 if it cannot tell. */
	long freeSpace() throws IOException {
		HostAnswer answer = ask("DLMessageGetFreeDiskSpace");
		return answer.ok() && answer.value() instanceof Number number ? number.longValue() : -1;
	}

	/** Begins to send files: the raw stream follows. */
	UploadStream upload(long totalBytes, double progress) throws IOException {
		misbehaviour.message();
		send("DLMessageUploadFiles", Map.of(), progress, totalBytes);
		return uploads;
	}

	/** Asks for files, which come in the order asked for. */
	Download download(List<String> paths, double progress) throws IOException {
		misbehaviour.message();
		send("DLMessageDownloadFiles", paths, Map.of(), progress);
		return new Download();
	}

	/** Fetches one file whole; null if the host does not have it. */
	byte @Nullable [] fetch(String path, int limit) throws IOException {
		Download download = download(List.of(path), 0.0);
		byte[] content = null;
		if (download.next() != null) {
			byte[] read = download.content().readNBytes(limit + 1);
			if (read.length > limit) {
				throw new BackupFailure(BackupFailure.HOST_READ, path + " is longer than " + limit + " bytes");
			}
			content = download.failed() ? null : read;
		}
		finish(download, content != null, path);
		return content;
	}

	/** Fetches one file into a file; false if the host does not have it. */
	boolean fetch(String path, Path into) throws IOException {
		Download download = download(List.of(path), 0.0);
		boolean there = false;
		if (download.next() != null) {
			try (OutputStream file = Files.newOutputStream(into)) {
				download.content().transferTo(file);
			}
			there = !download.failed();
		}
		finish(download, there, path);
		return there;
	}

	private void finish(Download download, boolean there, String path) throws IOException {
		while (download.next() != null) {
			odd("more files than asked for after " + path);
			download.content().transferTo(OutputStream.nullOutputStream());
		}
		HostAnswer answer = download.answer();
		if (there != answer.ok()) {
			odd(path + (there ? " was sent" : " was not sent") + " and answered with " + answer.code());
		}
		if (!there && !answer.ok() && !answer.onlyMissing()) {
			throw answer.failure(BackupFailure.HOST_READ, "Error reading " + path);
		}
	}

	/** Files that come from the host. */
	final class Download {

		private boolean inFile;
		private boolean failed;
		private String failure = "";

		private Download() {
		}

		/** The path of the next file, or null at the end; the one before must have been read to its end. */
		@Nullable
		String next() throws IOException {
			if (inFile) {
				content().transferTo(OutputStream.nullOutputStream());
			}
			int length = number();
			if (length == 0) {
				return null;
			}
			if (length < 0 || length > MAX_NAME) {
				throw new IOException("a name of " + Integer.toUnsignedString(length) + " bytes");
			}
			byte[] name = in.readNBytes(length);
			if (name.length < length) {
				throw new EOFException("the host went away in the middle of a name");
			}
			inFile = true;
			failed = false;
			return new String(name, StandardCharsets.UTF_8);
		}

		/** Whether the host could not read the file that was read last. */
		boolean failed() {
			return failed;
		}

		/** Why it could not. */
		String failure() {
			return failure;
		}

		/** The content of the file; it ends early when the host fails. */
		InputStream content() {
			return new InputStream() {
				private int left;

				@Override
				public int read() throws IOException {
					byte[] one = new byte[1];
					return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
				}

				@Override
				public int read(byte[] buffer, int offset, int length) throws IOException {
					while (left == 0) {
						if (!inFile || !frame()) {
							return -1;
						}
					}
					int count = in.read(buffer, offset, Math.min(left, length));
					if (count < 0) {
						throw new EOFException("the host went away in the middle of a file");
					}
					left -= count;
					return count;
				}

				private boolean frame() throws IOException {
					int size = number();
					if (size <= 0) {
						inFile = false;
						odd("a frame of " + size + " bytes");
						failed = true;
						return false;
					}
					int code = in.read();
					if (code == UploadStream.DATA) {
						left = size - 1;
						maxFrame = Math.max(maxFrame, left);
						return true;
					}
					inFile = false;
					byte[] text = in.readNBytes(Math.min(size - 1, MAX_NAME));
					failure = new String(text, StandardCharsets.UTF_8);
					failed = code != UploadStream.END;
					return false;
				}
			};
		}

		/** The host's verdict, after the last file. */
		HostAnswer answer() throws IOException {
			return HostLink.this.answer();
		}
	}
}
