// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.InputStream;
import java.io.OutputStream;

/** A connection to a service: plaintext inside, TLS outside if the device asked for it. */
public interface ServiceConnection {

	/** Bytes from the client, buffered. */
	InputStream input();

	/** Bytes to the client, buffered: flush after each message. */
	OutputStream output();

	/** Whether the client gave the escrow bag with StartService. */
	boolean hasEscrowBag();

	/** Breaks the connection at once, as a pulled cable would. */
	void cut();
}
