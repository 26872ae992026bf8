// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

/**
 * Something a person can wish of an exporter. Without the wish it does what is usual.
 *
 * @param name  stable and lower case, with the kind it is about: {@code photos.convert}; several options may share it,
 *              of which one can be wished
 * @param value what {@link ExportRequest#options} has under the name if it is wished: {@code jpeg}
 * @param title what it does, for a person, in one line
 */
public record ExportOption(String name, String value, String title) {
}
