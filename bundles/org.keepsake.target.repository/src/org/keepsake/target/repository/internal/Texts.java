// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

import org.eclipse.jdt.annotation.Nullable;

/** Sentences for a person; {@code texts.properties} beside this class has them under the constants' names. */
enum Texts {
	OPENING, COMMITTING, DELETING, FREEING, TAKING, SKIPPED, NOTHING_CAME, STATE, NO_MANIFEST, KEPT_MORE, NOT_FREED,
	OPENS, WRITES,
	DELETES, ADDS_ONLY, SPEED, FREE, UNLIMITED, QUOTA;

	/** The sentence with its placeholders filled. */
	String text(@Nullable Object... arguments) {
		ResourceBundle texts = ResourceBundle.getBundle(Texts.class.getPackageName() + ".texts", Locale.getDefault(),
				Texts.class.getClassLoader());
		return new MessageFormat(texts.getString(name()), Locale.getDefault()).format(arguments);
	}
}
