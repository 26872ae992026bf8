// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/**
 * Serves the files to the device until its final answer. Every message is answered, unknown ones with an error, for the
 * device waits for ever otherwise. Used by one thread, once.
 */
final class FileServer implements Closeable {

	private final DeviceLink link;
	private final HostFiles files;
	private final HostTrouble trouble;
	private final Tally tally;
	private final Uploads uploads;
	private final Downloads downloads;

	FileServer(DeviceLink link, HostFiles files, HostTrouble trouble, Tally tally) {
		this.link = link;
		this.files = files;
		this.trouble = trouble;
		this.tally = tally;
		this.uploads = new Uploads(link.wire(), files, trouble, tally);
		this.downloads = new Downloads(link.wire(), files, trouble, tally);
	}

	/**
	 * Serves.
	 *
	 * @return the device's final answer
	 */
	Dict serve() throws IOException {
		while (true) {
			tally.tick();
			DeviceLink.Message message = link.receive();
			switch (message.name()) {
				case "DLMessageProcessMessage" -> {
					tally.report();
					return Dict.of(message.map(1));
				}
				case "DLMessageDisconnect" -> throw new EOFException("The device ended the conversation");
				case "DLMessagePing" -> {
					// wants no answer
				}
				default -> {
					link.answer(answer(message));
					trouble.throwIfRefused();
				}
			}
		}
	}

	private Answer answer(DeviceLink.Message message) throws IOException {
		return switch (message.name()) {
			case "DLMessageUploadFiles" -> upload(message);
			case "DLMessageDownloadFiles" -> download(message);
			case "DLMessageGetFreeDiskSpace" -> freeSpace();
			case "DLMessagePurgeDiskSpace" -> {
				trouble.wanted((long) message.number(1));
				yield Answer.UNSUPPORTED;
			}
			case "DLContentsOfDirectory", "DLMessageContentsOfDirectory" -> contents(message.text(1));
			case "DLMessageCreateDirectory" -> once(() -> files.createDirectory(trouble.changing(message.text(1))));
			case "DLMessageMoveFiles", "DLMessageMoveItems" -> move(message);
			case "DLMessageRemoveFiles", "DLMessageRemoveItems" -> remove(message);
			case "DLMessageCopyItem" ->
				once(() -> files.copy(trouble.reading(message.text(1)), trouble.changing(message.text(2))));
			default -> Answer.UNSUPPORTED;
		};
	}

	private Answer upload(DeviceLink.Message message) throws IOException {
		tally.phase("receiving");
		tally.percent(message.number(2));
		return uploads.receive();
	}

	private Answer download(DeviceLink.Message message) throws IOException {
		tally.sending();
		tally.percent(message.number(3));
		return downloads.send(message.list(1));
	}

	private Answer freeSpace() {
		try {
			return Answer.value(Math.max(0, files.freeBytes()));
		} catch (IOException e) {
			return new Answer(-1, Answer.text(e), 0L);
		}
	}

	/** The immediate children; a folder that is missing has none. */
	private Answer contents(String path) throws IOException {
		Map<String, Object> entries = new LinkedHashMap<>();
		try {
			for (TreeEntry entry : files.list(trouble.reading(path))) {
				entries.put(entry.name(), Map.of("DLFileType", type(entry), "DLFileSize", entry.sizeBytes(),
						"DLFileModificationDate", entry.modified()));
			}
		} catch (IOException e) {
			if (Answer.reason(e) != TreeException.Reason.NOT_FOUND) {
				return Answer.of(e);
			}
		}
		tally.tick();
		return Answer.value(entries);
	}

	private static String type(TreeEntry entry) {
		return switch (entry.kind()) {
			case FILE -> "DLFileTypeRegular";
			case DIRECTORY -> "DLFileTypeDirectory";
			case OTHER -> "DLFileTypeUnknown";
		};
	}

	private Answer move(DeviceLink.Message message) throws IOException {
		tally.phase("arranging");
		tally.percent(message.number(3));
		Map<String, IOException> failures = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : message.map(1).entrySet()) {
			if (!(entry.getKey() instanceof String from && entry.getValue() instanceof String to)) {
				throw new PlistException("A move that is not from a path to a path");
			}
			if (trouble.stopped() != null) {
				break;
			}
			attempt(failures, from, () -> files.move(trouble.changing(from), trouble.changing(to)));
		}
		return several(failures);
	}

	private Answer remove(DeviceLink.Message message) throws IOException {
		tally.phase("arranging");
		tally.percent(message.number(3));
		Map<String, IOException> failures = new LinkedHashMap<>();
		for (Object element : message.list(1)) {
			if (!(element instanceof String path)) {
				throw new PlistException("A path to remove that is no text");
			}
			if (trouble.stopped() != null) {
				break;
			}
			attempt(failures, path, () -> files.remove(trouble.changing(path)));
		}
		return several(failures);
	}

	private Answer several(Map<String, IOException> failures) {
		IOException stopped = trouble.stopped();
		return failures.isEmpty() && stopped != null ? Answer.of(stopped) : Answer.of(failures);
	}

	/** Something done to files. */
	private interface Operation {
		void run() throws IOException;
	}

	private void attempt(Map<String, IOException> failures, String path, Operation operation) throws IOException {
		tally.tick();
		try {
			operation.run();
		} catch (PlistException e) {
			throw e;
		} catch (IOException e) {
			noteIfFull(e);
			failures.put(path, e);
		}
	}

	private Answer once(Operation operation) throws IOException {
		try {
			operation.run();
			return Answer.OK;
		} catch (PlistException e) {
			throw e;
		} catch (IOException e) {
			noteIfFull(e);
			return Answer.of(e);
		}
	}

	/** A file that is missing is the device's affair; a disk that fails is ours. */
	private void noteIfFull(IOException failure) {
		switch (Answer.reason(failure)) {
			case NO_SPACE, IO -> trouble.writeFailed(failure);
			case NOT_FOUND, EXISTS, NOT_A_DIRECTORY, IS_A_DIRECTORY, LINK, OTHER -> {
				// answered
			}
		}
	}

	@Override
	public void close() {
		uploads.close();
	}
}
