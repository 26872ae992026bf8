// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;

import org.keepsake.virtual.internal.phone.Phone;

/** Speaks one service's protocol on one connection that a client opened after {@code StartService}. */
@FunctionalInterface
public interface ServiceHandler {

	/** Serves until the client closes or the protocol ends; runs on a virtual thread of its own. */
	void serve(Phone phone, ServiceConnection connection) throws IOException;
}
