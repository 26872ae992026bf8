// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.eclipse.jdt.annotation.Nullable;

/** Sentences for a person; {@code texts.properties} beside this class has them under the constants' names. */
enum Texts {
	UNKNOWN_KEY, CHANGED_KEY, REVOKED_KEY, OTHER_KEY, NO_SFTP, JUST_FAILURE, GARBLED;

	/** The sentence with its placeholders filled. */
	String text(@Nullable Object... arguments) {
		ResourceBundle texts = ResourceBundle.getBundle(Texts.class.getPackageName() + ".texts", Locale.getDefault(),
				Texts.class.getClassLoader());
		return new MessageFormat(texts.getString(name()), Locale.getDefault()).format(arguments);
	}
}
