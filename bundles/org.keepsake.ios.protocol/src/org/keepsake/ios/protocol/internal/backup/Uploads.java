// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.IOException;
import java.io.OutputStream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.protocol.internal.plist.PlistException;
import org.keepsake.ios.protocol.internal.wire.Wire;

/**
 * Receives the files of one {@code DLMessageUploadFiles} and writes them. The stream holds, for each file, the device's
 * name, the path here, and frames of data; it is read to its end whatever happens here, because it cannot be left in
 * the middle. Source: {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c, mb2_handle_receive_files}.
 *
 * <p>
 * Data goes from the wire's buffer, into which it was decrypted, straight to the file.
 */
final class Uploads {

	private static final int LONGEST_NAME = 4096;
	private static final int LONGEST_TEXT = 4096;
	/** Devices send up to some megabytes in one frame; a length beyond this is damage or malice, and never ends. */
	private static final long LONGEST_FRAME = 1L << 30;
	private static final int SUCCESS = 0x00;
	private static final int DATA = 0x0c;

	private final Wire wire;
	private final HostFiles files;
	private final HostTrouble trouble;
	private final Tally tally;

	Uploads(Wire wire, HostFiles files, HostTrouble trouble, Tally tally) {
		this.wire = wire;
		this.files = files;
		this.trouble = trouble;
		this.tally = tally;
	}

	Answer receive() throws IOException {
		while (true) {
			long nameLength = wire.readU32();
			if (nameLength == 0) {
				break;
			}
			wire.skip(checked(nameLength)); // the device's own name for it tells nothing
			long pathLength = wire.readU32();
			if (pathLength == 0) {
				throw new PlistException("A file without a path");
			}
			receiveFile(wire.readText(checked(pathLength)));
		}
		IOException stopped = trouble.stopped();
		return stopped == null ? Answer.OK : Answer.of(stopped);
	}

	private static int checked(long length) throws PlistException {
		if (length > LONGEST_NAME) {
			throw new PlistException("A file name of " + length + " bytes; " + LONGEST_NAME + " are allowed");
		}
		return (int) length;
	}

	private void receiveFile(String path) throws IOException {
		try (Incoming incoming = new Incoming(path)) {
			while (true) {
				long length = wire.readU32();
				if (length == 0) {
					incoming.complete();
					return;
				}
				if (length > LONGEST_FRAME) {
					throw new PlistException("A frame of " + length + " bytes; " + LONGEST_FRAME + " are allowed");
				}
				int code = wire.readU8();
				if (code == DATA) {
					receiveData(incoming, length - 1);
				} else {
					String text = text(length - 1);
					if (code == SUCCESS) {
						incoming.complete();
					} else {
						incoming.drop();
						tally.fileFailed(path, text);
					}
					return;
				}
			}
		}
	}

	private void receiveData(Incoming incoming, long length) throws IOException {
		long left = length;
		while (left > 0) {
			int part = (int) Math.min(wire.fill(), left);
			incoming.write(wire.buffer(), wire.position(), part);
			wire.consume(part);
			left -= part;
			tally.received(part);
		}
	}

	private String text(long length) throws IOException {
		String text = wire.readText((int) Math.min(length, LONGEST_TEXT));
		wire.skip(length - Math.min(length, LONGEST_TEXT));
		return text;
	}

	/** A file that is coming. Trouble with it here is noted, not thrown. Closing it before it is complete removes it. */
	private final class Incoming implements AutoCloseable {
		private final @Nullable TreePath path;
		private @Nullable OutputStream out;
		private boolean ended;

		Incoming(String name) {
			TreePath parsed = null;
			if (trouble.stopped() == null) {
				try {
					parsed = trouble.changing(name);
				} catch (ProblemException e) {
					// noted; the stream is read on
				}
			}
			path = parsed;
		}

		void write(byte[] bytes, int offset, int length) {
			try {
				OutputStream opened = opened();
				if (opened != null) {
					opened.write(bytes, offset, length);
				}
			} catch (IOException e) {
				trouble.writeFailed(e);
				drop();
			}
		}

		private @Nullable OutputStream opened() throws IOException {
			TreePath where = path;
			if (out == null && where != null && !ended) {
				out = files.write(where);
			}
			return out;
		}

		/** All has come: an empty file if there was no data. */
		void complete() throws IOException {
			try {
				OutputStream opened = opened();
				if (opened != null) {
					out = null;
					opened.close();
				}
				ended = true;
			} catch (IOException e) {
				trouble.writeFailed(e);
				drop();
			}
			tally.fileReceived();
		}

		/** Nothing more of it is wanted; what was written is removed. */
		void drop() {
			ended = true;
			OutputStream opened = out;
			TreePath where = path;
			if (opened == null || where == null) {
				return;
			}
			out = null;
			try {
				opened.close();
			} catch (IOException e) {
				trouble.writeFailed(e);
			}
			try {
				files.remove(where);
			} catch (IOException e) {
				trouble.writeFailed(e);
			}
		}

		@Override
		public void close() {
			if (!ended) {
				drop();
			}
		}
	}
}
