// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences for a person. They stand in {@code texts.properties} beside this class. */
public final class Texts {

	private static final ResourceBundle BUNDLE = ResourceBundle.getBundle(Texts.class.getPackageName() + ".texts",
			Locale.getDefault(), Texts.class.getClassLoader());

	private Texts() {
	}

	/** The sentence under the key, its placeholders filled. */
	public static String text(String key, Object... arguments) {
		return new MessageFormat(BUNDLE.getString(key), Locale.getDefault()).format(arguments);
	}
}
