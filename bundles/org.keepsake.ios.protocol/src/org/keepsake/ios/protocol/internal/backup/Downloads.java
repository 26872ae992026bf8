// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.core.target.HostFiles;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * Sends the files of one {@code DLMessageDownloadFiles}. Frames carry at most 32 KiB, because the device's agent holds a
 * frame in memory and is killed by large ones ({@code doronz88/pymobiledevice3}, issue 1857). A file that cannot be read
 * gets an error frame, and the next one follows. Source:
 * {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c, mb2_handle_send_files}.
 */
final class Downloads {

	private static final int FRAME = 32 * 1024;
	private static final int HEADER = 5;
	private static final int FRAMES = 4;
	private static final byte SUCCESS = 0x00;
	private static final byte LOCAL_ERROR = 0x06;
	private static final byte DATA = 0x0c;

	private final Wire wire;
	private final HostFiles files;
	private final HostTrouble trouble;
	private final Tally tally;
	private final ByteBuffer out = ByteBuffer.allocate(FRAMES * (HEADER + FRAME) + 64);

	Downloads(Wire wire, HostFiles files, HostTrouble trouble, Tally tally) {
		this.wire = wire;
		this.files = files;
		this.trouble = trouble;
		this.tally = tally;
	}

	Answer send(List<?> paths) throws IOException {
		Map<String, IOException> failures = new LinkedHashMap<>();
		out.clear();
		for (Object path : paths) {
			if (!(path instanceof String text)) {
				throw new PlistException("A path to send that is no text");
			}
			IOException failure = sendFile(text);
			if (failure != null) {
				failures.put(text, failure);
			}
		}
		reserve(4);
		out.putInt(0);
		flush();
		return Answer.of(failures);
	}

	/** @return why it could not be sent, or null */
	private @org.eclipse.jdt.annotation.Nullable IOException sendFile(String path) throws IOException {
		byte[] name = path.getBytes(StandardCharsets.UTF_8);
		begin(name);
		Source source = new Source();
		try (source) {
			source.open(path);
			while (true) {
				reserve(HEADER + FRAME);
				int count = source.read();
				if (count < 0) {
					break;
				}
				tally.sent(count);
			}
		}
		IOException failure = source.failure;
		if (failure != null) {
			byte[] text = Answer.text(failure).getBytes(StandardCharsets.UTF_8);
			reserve(HEADER + text.length);
			out.putInt(text.length + 1).put(LOCAL_ERROR).put(text);
			return failure;
		}
		reserve(HEADER);
		out.putInt(1).put(SUCCESS);
		tally.fileSent();
		return null;
	}

	private void begin(byte[] name) throws IOException {
		reserve(4);
		out.putInt(name.length);
		if (name.length > FRAME) {
			flush();
			wire.write(name);
		} else {
			reserve(name.length);
			out.put(name);
		}
	}

	private void reserve(int bytes) throws IOException {
		if (out.remaining() < bytes) {
			flush();
		}
	}

	private void flush() throws IOException {
		if (out.position() > 0) {
			wire.write(out.array(), 0, out.position());
			out.clear();
		}
	}

	/** The file here. What fails with it is kept apart from what fails on the wire. */
	private final class Source implements AutoCloseable {
		private @org.eclipse.jdt.annotation.Nullable SeekableByteChannel channel;
		private @org.eclipse.jdt.annotation.Nullable IOException failure;

		void open(String path) {
			try {
				channel = files.read(trouble.reading(path));
			} catch (IOException e) {
				failure = e;
			}
		}

		/** Appends one frame of data to what is to be sent; -1 at the end, or if it cannot be read. */
		int read() {
			SeekableByteChannel opened = channel;
			if (opened == null || failure != null) {
				return -1;
			}
			int start = out.position();
			ByteBuffer data = out.slice(start + HEADER, FRAME);
			try {
				while (data.hasRemaining() && opened.read(data) >= 0) {
					// until the frame is full or the file ends
				}
			} catch (IOException e) {
				failure = e;
				return -1;
			}
			int count = data.position();
			if (count == 0) {
				return -1;
			}
			out.putInt(count + 1).put(DATA).position(start + HEADER + count);
			return count;
		}

		@Override
		public void close() {
			SeekableByteChannel opened = channel;
			if (opened != null) {
				try {
					opened.close();
				} catch (IOException e) {
					// it was only read
				}
			}
		}
	}
}
