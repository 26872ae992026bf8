// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The records of contacts, calls and voicemail: {@link org.keepsake.dataset.people.Contact},
 * {@link org.keepsake.dataset.people.Call} and {@link org.keepsake.dataset.people.Voicemail}. For exporters that want to
 * know more of them than their components; whoever only reads them needs the data sets' ids alone: {@code contacts},
 * {@code calls}, {@code voicemail}.
 */
@NonNullByDefault
package org.keepsake.dataset.people;

import org.eclipse.jdt.annotation.NonNullByDefault;
