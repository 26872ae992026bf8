// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

/** What the engine is built on: the state folder, contributions, texts, locks, the journal and remembered passwords. */
@NonNullByDefault
package org.keepsake.engine.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
