// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * When an event or a reminder is told.
 *
 * @param at            the moment; null if it depends on the start
 * @param secondsBefore how long before the start, negative for after it; null if there is a moment
 */
public record Alarm(@Nullable Instant at, @Nullable Long secondsBefore) {
}
