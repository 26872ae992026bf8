// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/**
 * A setting that a kind of places understands, as a person is shown it. Its texts lie in {@code settings.properties}
 * beside the class that declares it: {@code <key>.title}; {@code <key>.help}, a sentence or two; for a
 * {@link Form.Line} {@code <key>.hint}, what an empty field stands for and an example; for a {@link Form.Choice}
 * {@code <key>.<value>}, what a value is called.
 *
 * <p>
 * The value of a setting is text, and none means what is usual. Only the kind itself knows which text it takes: it says
 * so when a place is opened.
 *
 * @param key   its name, such as {@code limit.upload}; of a {@link Form.Hidden} one the purpose of the secret
 * @param topic what it is about
 * @param form  how it is told
 * @param title what it is called
 * @param help  what it does, in a sentence or two
 */
public record Setting(String key, Topic topic, Form form, String title, String help) {

	/** What a setting is about; in this order they are shown. */
	public enum Topic {
		/** What is stored, and how much. */
		STORING,
		/** The server, and who it is. */
		SERVER,
		/** The way there. */
		NETWORK
	}

	/** How a setting is told. */
	public sealed interface Form {

		/**
		 * In a line of text.
		 *
		 * @param hint what no text stands for, and an example
		 */
		record Line(String hint) implements Form {
		}

		/**
		 * By the path of a file on this computer.
		 *
		 * @param hint what no path stands for
		 */
		record File(String hint) implements Form {
		}

		/** By {@code true}; no if it is not set. */
		record Flag() implements Form {
		}

		/**
		 * By one of several values.
		 *
		 * @param options the first is usual
		 */
		record Choice(List<Option> options) implements Form {
			/** Copies the list. */
			public Choice {
				options = List.copyOf(options);
			}
		}

		/** Secretly: it is no setting but a {@linkplain StorageFactory.Context#secret secret}, kept sealed. */
		record Hidden() implements Form {
		}
	}

	/**
	 * A value that can be chosen.
	 *
	 * @param value as it is kept
	 * @param title what it is called
	 */
	public record Option(String value, String title) {
	}

	/** A setting told in a line of text. @param anchor the class beside which its texts lie */
	public static Setting line(Class<?> anchor, Topic topic, String key) {
		ResourceBundle texts = texts(anchor);
		return of(texts, topic, key, new Form.Line(texts.getString(key + ".hint")));
	}

	/** A setting told by the path of a file. @param anchor the class beside which its texts lie */
	public static Setting file(Class<?> anchor, Topic topic, String key) {
		ResourceBundle texts = texts(anchor);
		return of(texts, topic, key, new Form.File(texts.getString(key + ".hint")));
	}

	/** A yes or no. @param anchor the class beside which its texts lie */
	public static Setting flag(Class<?> anchor, Topic topic, String key) {
		return of(texts(anchor), topic, key, new Form.Flag());
	}

	/**
	 * One of several values.
	 *
	 * @param anchor the class beside which its texts lie
	 * @param values the first is usual
	 */
	public static Setting choice(Class<?> anchor, Topic topic, String key, String... values) {
		ResourceBundle texts = texts(anchor);
		List<Option> options = Stream.of(values).map(value -> new Option(value, texts.getString(key + '.' + value)))
				.toList();
		return of(texts, topic, key, new Form.Choice(options));
	}

	/** A secret. @param anchor the class beside which its texts lie */
	public static Setting hidden(Class<?> anchor, String purpose) {
		return of(texts(anchor), Topic.SERVER, purpose, new Form.Hidden());
	}

	/** Whether it is a secret, which is never kept among the settings. */
	public boolean isHidden() {
		return form instanceof Form.Hidden;
	}

	private static Setting of(ResourceBundle texts, Topic topic, String key, Form form) {
		return new Setting(key, topic, form, texts.getString(key + ".title"), texts.getString(key + ".help"));
	}

	private static ResourceBundle texts(Class<?> anchor) {
		return ResourceBundle.getBundle(anchor.getPackageName() + ".settings", Locale.getDefault(),
				anchor.getClassLoader());
	}
}
