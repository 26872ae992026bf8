// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The records of calendar, reminders and Safari. Format: {@code abrignoni/iLEAPP}, and the schemas of the databases. */
@NonNullByDefault
package org.keepsake.dataset.organizer;

import org.eclipse.jdt.annotation.NonNullByDefault;
