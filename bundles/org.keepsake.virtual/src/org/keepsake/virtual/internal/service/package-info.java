// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** The services that lockdownd starts, and what they are given. */
@NonNullByDefault
package org.keepsake.virtual.internal.service;

import org.eclipse.jdt.annotation.NonNullByDefault;
