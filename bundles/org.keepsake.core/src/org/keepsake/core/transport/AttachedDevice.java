// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.transport;

import org.keepsake.core.Udid;

/**
 * One way to reach one device, as a transport announced it. The same phone may be attached twice (cable and Wi-Fi).
 *
 * @param transport  {@link Transport#id()} of who announced it
 * @param handle     what the transport calls this attachment; not reused while attached, meaningless to others
 * @param udid       the device
 * @param connection by cable or over the network
 */
public record AttachedDevice(String transport, String handle, Udid udid, ConnectionType connection) {
}
