// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * How to talk to a device: clients over a byte channel.
 */
@NonNullByDefault
package org.keepsake.ios.protocol;

import org.eclipse.jdt.annotation.NonNullByDefault;
