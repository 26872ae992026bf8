// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Marketing names of devices; {@code models.properties} beside this class. */
public final class Models {

	private static final class Table {
		static final Properties NAMES = load();

		private static Properties load() {
			Properties names = new Properties();
			try (InputStream in = Models.class.getResourceAsStream("models.properties")) {
				if (in == null) {
					throw new IllegalStateException("models.properties is missing");
				}
				names.load(new InputStreamReader(in, StandardCharsets.UTF_8));
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
			return names;
		}
	}

	private Models() {
	}

	/** The name of the product type, or the product type where it has none here. */
	public static String name(String productType) {
		return Table.NAMES.getProperty(productType, productType);
	}
}
