// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

/**
 * An application a person installed.
 *
 * @param bundleId such as {@code com.example.app}
 * @param name     its name, or the bundle id where it has none
 * @param version  its version, or empty
 */
public record InstalledApplication(String bundleId, String name, String version) {
}
