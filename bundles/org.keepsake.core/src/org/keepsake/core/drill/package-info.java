// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * Devices to rehearse a restore on: blank, simulated, and thrown away afterwards. Contributed to the extension point
 * {@code org.keepsake.core.drills}. Whoever restores speaks to a {@link org.keepsake.core.drill.DrillDevice} over a
 * transport as to any other device, and then compares what it holds.
 */
@NonNullByDefault
package org.keepsake.core.drill;

import org.eclipse.jdt.annotation.NonNullByDefault;
