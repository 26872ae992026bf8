// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a device is on the network: a raw {@code sockaddr} of the daemon's system, whose layout differs between
 * BSD (length, family) and the others (family in two bytes).
 *
 * @param address of the device, with its scope if it is link-local
 */
public record NetworkAddress(InetAddress address) {

	private static final int BSD_V4 = 0x10;
	private static final int BSD_V6 = 0x1c;
	private static final int INET = 2;
	private static final int INET6_LINUX = 10;
	private static final int INET6_WINDOWS = 23;
	private static final int INET6_BSD = 30;

	/** Reads it; empty if it is none. */
	public static Optional<NetworkAddress> parse(byte[] sockaddr) {
		if (sockaddr.length < 8) {
			return Optional.empty();
		}
		int first = sockaddr[0] & 0xff;
		int second = sockaddr[1] & 0xff;
		boolean bsd = (first == BSD_V4 || first == BSD_V6) && (second == INET || second == INET6_BSD);
		int family = bsd ? second : second == 0 ? first : -1;
		try {
			return switch (family) {
				case INET ->
					Optional.of(new NetworkAddress(InetAddress.getByAddress(Arrays.copyOfRange(sockaddr, 4, 8))));
				case INET6_LINUX, INET6_WINDOWS, INET6_BSD -> v6(sockaddr);
				default -> Optional.empty();
			};
		} catch (UnknownHostException e) {
			return Optional.empty();
		}
	}

	private static Optional<NetworkAddress> v6(byte[] sockaddr) throws UnknownHostException {
		if (sockaddr.length < 28) {
			return Optional.empty();
		}
		byte[] address = Arrays.copyOfRange(sockaddr, 8, 24);
		int scope = ByteBuffer.wrap(sockaddr).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
		return Optional.of(new NetworkAddress(
				scope > 0 ? Inet6Address.getByAddress(null, address, scope) : InetAddress.getByAddress(address)));
	}
}
