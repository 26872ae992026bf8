// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/**
 * Contract tests that every transport and target must pass.
 */
@NonNullByDefault
package org.keepsake.testing;

import org.eclipse.jdt.annotation.NonNullByDefault;
