// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.keepsake.virtual.internal.phone.FileLocks;
import org.keepsake.virtual.internal.phone.MediaFolder;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * {@code com.apple.afc}: files of the media area. Whatever a path says, nothing outside the area is reached. Operations
 * and statuses as in {@code libimobiledevice/libimobiledevice: src/afc.h}.
 */
public final class Afc implements ServiceHandler {

	private static final int OPENED = 0x0E;
	private static final int POSITION = 0x13;

	private final MediaFolder media;
	private final FileLocks locks;

	/**
	 * @param media what is shown
	 * @param locks shared by all connections to the phone
	 */
	public Afc(MediaFolder media, FileLocks locks) {
		this.media = media;
		this.locks = locks;
	}

	@Override
	public void serve(Phone phone, ServiceConnection connection) throws IOException {
		AfcPaths paths = new AfcPaths(media);
		try (AfcHandles handles = new AfcHandles(media, locks)) {
			while (true) {
				AfcPacket packet = AfcPacket.read(connection.input());
				if (packet == null) {
					return;
				}
				Answer answer;
				try {
					answer = answer(phone, packet, paths, handles);
				} catch (IOException e) {
					answer = Answer.status(AfcError.status(e));
				}
				packet.answer(connection.output(), answer.kind(), answer.bytes());
			}
		}
	}

	private record Answer(int kind, byte[] bytes) {

		static final Answer OK = status(0);

		static Answer status(int status) {
			return new Answer(AfcPacket.STATUS, AfcPacket.number(status));
		}

		static Answer data(byte[] bytes) {
			return new Answer(AfcPacket.DATA, bytes);
		}
	}

	private Answer answer(Phone phone, AfcPacket packet, AfcPaths paths, AfcHandles handles) throws IOException {
		return switch ((int) packet.operation()) {
			case 0x03 -> Answer.data(paths.list(packet.takeText()));
			case 0x0A -> Answer.data(paths.information(packet.takeText()));
			case 0x0B -> Answer.data(paths.device(phone));
			case 0x0D -> new Answer(OPENED,
					AfcPacket.number(handles.open(packet.takeNumber(), packet.takeText())));
			case 0x0F -> Answer.data(handles.read(packet.takeNumber(), packet.takeNumber()));
			case 0x12 -> new Answer(POSITION, AfcPacket.number(handles.tell(packet.takeNumber())));
			case 0x1D -> Answer.data(digest(media.resolve(packet.takeText(), true)));
			default -> change(phone, packet, paths, handles);
		};
	}

	private static Answer change(Phone phone, AfcPacket packet, AfcPaths paths, AfcHandles handles)
			throws IOException {
		switch ((int) packet.operation()) {
			case 0x07 -> paths.truncate(packet.takeNumber(), packet.takeText());
			case 0x08 -> paths.remove(packet.takeText());
			case 0x09 -> paths.makeDirectory(packet.takeText());
			case 0x10 -> handles.write(packet.takeNumber(), packet.content());
			case 0x11 -> handles.seek(packet.takeNumber(), packet.takeNumber(), packet.takeNumber());
			case 0x14 -> handles.close(packet.takeNumber());
			case 0x15 -> handles.resize(packet.takeNumber(), packet.takeNumber());
			case 0x18 -> paths.rename(packet.takeText(), packet.takeText());
			case 0x1B -> handles.lock(packet.takeNumber(), packet.takeNumber(), phone.faults());
			case 0x1C -> paths.link(packet.takeNumber(), packet.takeText(), packet.takeText());
			case 0x1E -> paths.modified(packet.takeNumber(), packet.takeText());
			case 0x22 -> paths.removeAll(packet.takeText());
			case 0x16, 0x17, 0x1F, 0x20, 0x21 -> throw new AfcError(AfcError.NOT_SUPPORTED);
			default -> throw new AfcError(AfcError.UNKNOWN_PACKET);
		}
		return Answer.OK;
	}

	private static byte[] digest(Path path) throws IOException {
		try (InputStream in = Files.newInputStream(path);
				DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-1"))) {
			digest.transferTo(OutputStream.nullOutputStream());
			return digest.getMessageDigest().digest();
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
