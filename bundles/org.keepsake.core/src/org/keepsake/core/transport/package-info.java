// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What a bundle implements to make devices reachable: the SPI behind the extension point
 * {@code org.keepsake.core.transports}. Start with {@link org.keepsake.core.transport.Transport}.
 */
@NonNullByDefault
package org.keepsake.core.transport;

import org.eclipse.jdt.annotation.NonNullByDefault;
