// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.IOException;

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
 * Data goes from the wire's buffer, into which it was decrypted, straight to the file, and while it is written the next
 * is received: the device waits for an answer only after the last file, and it comes when all are written.
 */
final class Uploads implements Closeable {

	private static final int LONGEST_NAME = 4096;
	private static final int LONGEST_TEXT = 4096;
	/** Devices send up to some megabytes in one frame; a length beyond this is damage or malice, and never ends. */
	private static final long LONGEST_FRAME = 1L << 30;
	private static final int SUCCESS = 0x00;
	private static final int DATA = 0x0c;

	private final Wire wire;
	private final WriteBehind writing;
	private final HostTrouble trouble;
	private final Tally tally;

	Uploads(Wire wire, HostFiles files, HostTrouble trouble, Tally tally) {
		this.wire = wire;
		this.writing = new WriteBehind(files);
		this.trouble = trouble;
		this.tally = tally;
	}

	Answer receive() throws IOException {
		wire.exchange(writing);
		try {
			receiveFiles();
		} finally {
			wire.exchange(null);
			writing.finish(wire.buffer());
			noteFailure();
		}
		IOException stopped = trouble.stopped();
		return stopped == null ? Answer.OK : Answer.of(stopped);
	}

	private void receiveFiles() throws IOException {
		while (true) {
			long nameLength = wire.readU32();
			if (nameLength == 0) {
				return;
			}
			wire.skip(checked(nameLength)); // the device's own name for it tells nothing
			long pathLength = wire.readU32();
			if (pathLength == 0) {
				throw new PlistException("A file without a path");
			}
			receiveFile(wire.readText(checked(pathLength)));
		}
	}

	private void noteFailure() {
		IOException failure = writing.failure();
		if (failure != null) {
			trouble.writeFailed(failure);
		}
	}

	private static int checked(long length) throws PlistException {
		if (length > LONGEST_NAME) {
			throw new PlistException("A file name of " + length + " bytes; " + LONGEST_NAME + " are allowed");
		}
		return (int) length;
	}

	private void receiveFile(String path) throws IOException {
		writing.begin(wanted(path));
		boolean whole = false;
		try {
			whole = receiveFrames(path);
		} finally {
			if (whole) {
				writing.complete();
			} else {
				writing.drop();
			}
		}
		if (whole) {
			tally.fileReceived();
		}
	}

	/** Where the file goes, or null: then it is read over, and why is noted. */
	private @Nullable TreePath wanted(String name) {
		noteFailure();
		if (trouble.stopped() != null) {
			return null;
		}
		try {
			return trouble.changing(name);
		} catch (ProblemException e) {
			return null; // noted; the stream is read on
		}
	}

	/** Receives a file to its end; false if the device could not read it. */
	private boolean receiveFrames(String path) throws IOException {
		while (true) {
			long length = wire.readU32();
			if (length == 0) {
				return true;
			}
			if (length > LONGEST_FRAME) {
				throw new PlistException("A frame of " + length + " bytes; " + LONGEST_FRAME + " are allowed");
			}
			int code = wire.readU8();
			if (code == DATA) {
				receiveData(length - 1);
			} else {
				String text = text(length - 1);
				if (code != SUCCESS) {
					tally.fileFailed(path, text);
				}
				return code == SUCCESS;
			}
		}
	}

	private void receiveData(long length) throws IOException {
		long left = length;
		while (left > 0) {
			int part = (int) Math.min(wire.fill(), left);
			writing.data(wire.position(), part);
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

	@Override
	public void close() {
		writing.close();
	}
}
