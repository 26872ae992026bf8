// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * What is in a backup, by kind: messages, contacts, photos, …. A {@link org.keepsake.core.dataset.DataSet} reads one
 * kind out of a {@link org.keepsake.core.dataset.BackupContent} as typed records, an
 * {@link org.keepsake.core.dataset.Exporter} writes them in a format that other programs take. Both are contributed by
 * bundles, to the extension points {@code org.keepsake.core.datasets} and {@code org.keepsake.core.exporters}.
 */
@NonNullByDefault
package org.keepsake.core.dataset;

import org.eclipse.jdt.annotation.NonNullByDefault;
