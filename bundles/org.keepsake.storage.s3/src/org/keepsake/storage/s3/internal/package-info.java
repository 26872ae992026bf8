// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/** S3 Storage for repositories; contributed to the extension point, not for use by other bundles. */
@NonNullByDefault
package org.keepsake.storage.s3.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
