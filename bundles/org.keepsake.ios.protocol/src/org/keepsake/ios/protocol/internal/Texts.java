// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences that a running job shows; {@code messages.properties} beside this class. */
public final class Texts {

	private Texts() {
	}

	/** The text of the key with its placeholders filled. */
	public static String of(String key, Object... arguments) {
		ResourceBundle texts = ResourceBundle.getBundle(Texts.class.getPackageName() + ".messages",
				Locale.getDefault(), Texts.class.getClassLoader());
		return new MessageFormat(texts.getString(key), Locale.getDefault()).format(arguments);
	}
}
