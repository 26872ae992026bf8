// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import java.io.IOException;
import java.util.Optional;

import org.keepsake.core.Udid;

/**
 * Where the host keeps what proves its pairing with each device. Thread-safe; each call may block on the daemon or disk.
 */
public interface PairRecords {

	/** The host's own identifier ({@code SystemBUID}), the same for all devices and for ever. */
	String hostIdentifier() throws IOException;

	/** The pair record as a serialised property list, or empty if there is none. */
	Optional<byte[]> read(Udid udid) throws IOException;

	/** Keeps a pair record in place of any older one. Holds private keys: kept unreadable for other users. */
	void save(AttachedDevice device, byte[] record) throws IOException;

	/** Forgets the record; without effect if there is none. */
	void delete(Udid udid) throws IOException;
}
