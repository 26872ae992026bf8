// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What storages on servers have in common, for authors of storages: {@link org.keepsake.storage.base.StorageSettings}
 * reads the settings that all of them understand, {@link org.keepsake.storage.base.RateLimit} slows streams down, and
 * {@link org.keepsake.storage.base.Retries} tries again what can pass.
 */
@NonNullByDefault
package org.keepsake.storage.base;

import org.eclipse.jdt.annotation.NonNullByDefault;
