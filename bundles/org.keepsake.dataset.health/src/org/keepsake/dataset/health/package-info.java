// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The records of Health. Format: {@code christophhagen/HealthDB}, {@code abrignoni/iLEAPP}. */
@NonNullByDefault
package org.keepsake.dataset.health;

import org.eclipse.jdt.annotation.NonNullByDefault;
