// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import java.nio.file.Path;
import java.util.Map;

/**
 * Makes a transport; the class named in an extension to {@code org.keepsake.core.transports}. Has a public
 * constructor without parameters.
 */
public interface TransportFactory {

	/** Makes the transport without connecting to anything yet. */
	Transport create(Context context);

	/**
	 * What a transport may use of its surroundings.
	 *
	 * @param home        Keepsake's own state folder ({@code KEEPSAKE_HOME}); may not exist yet
	 * @param environment the process' environment variables
	 */
	record Context(Path home, Map<String, String> environment) {
	}
}
