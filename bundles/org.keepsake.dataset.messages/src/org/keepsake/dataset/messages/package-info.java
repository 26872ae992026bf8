// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The records of messages: {@link org.keepsake.dataset.messages.Message}, with what belongs to it. For exporters that want
 * to know more of them than their components; the data set's id is {@code messages}. It gives them conversation by
 * conversation, each in the order of time.
 */
@NonNullByDefault
package org.keepsake.dataset.messages;

import org.eclipse.jdt.annotation.NonNullByDefault;
