// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** Pair records and the certificates in them. */
@NonNullByDefault
package org.keepsake.ios.protocol.internal.pairing;

import org.eclipse.jdt.annotation.NonNullByDefault;
