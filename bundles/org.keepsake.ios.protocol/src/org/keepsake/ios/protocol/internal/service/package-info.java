// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The small services around a backup: AFC, notifications, applications, icons, diagnostics, heartbeat. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.service;

import org.eclipse.jdt.annotation.NonNullByDefault;
