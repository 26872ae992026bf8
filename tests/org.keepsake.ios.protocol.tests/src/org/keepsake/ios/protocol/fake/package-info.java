// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** A scripted device for tests: loopback sockets, lockdown with TLS, the small services, and whatever a test plays. */
package org.keepsake.ios.protocol.fake;
