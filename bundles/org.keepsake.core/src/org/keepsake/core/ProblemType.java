// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A kind of {@link Problem}: its stable code, and its texts in {@code problems.properties} beside the class that
 * declares it, under the keys {@code <code>.title}, {@code <code>.cause} (optional) and {@code <code>.remedy}. The texts
 * are {@link MessageFormat} patterns; a literal apostrophe is doubled.
 *
 * <pre>
 * static final ProblemType LOCKED = ProblemType.of(DeviceProblems.class, "device.locked", Retry.AFTER_REMEDY);
 * …
 * throw LOCKED.exception(deviceName);
 * </pre>
 */
public final class ProblemType {

	private final Class<?> anchor;
	private final String code;
	private final Retry retry;

	private ProblemType(Class<?> anchor, String code, Retry retry) {
		this.anchor = anchor;
		this.code = code;
		this.retry = retry;
	}

	/**
	 * Declares a kind of problem; reads no texts yet.
	 *
	 * @param anchor the class beside which {@code problems.properties} lies
	 * @param code   lower case, words joined by dots and dashes
	 * @param retry  whether trying again can help
	 */
	public static ProblemType of(Class<?> anchor, String code, Retry retry) {
		return new ProblemType(anchor, code, retry);
	}

	/** The stable code. */
	public String code() {
		return code;
	}

	/** Whether the problem is of this kind. */
	public boolean matches(Problem problem) {
		return problem.code().equals(code);
	}

	/** The problem with its texts, their placeholders filled. */
	public Problem problem(@Nullable Object... arguments) {
		ResourceBundle texts = ResourceBundle.getBundle(anchor.getPackageName() + ".problems", Locale.getDefault(),
				anchor.getClassLoader());
		return new Problem(code, text(texts, "title", arguments), text(texts, "cause", arguments),
				text(texts, "remedy", arguments), retry);
	}

	/** The problem, to be thrown. */
	public ProblemException exception(@Nullable Object... arguments) {
		return new ProblemException(problem(arguments), null);
	}

	/** The problem, to be thrown, with the exception that led to it. */
	public ProblemException exceptionBecause(Throwable cause, @Nullable Object... arguments) {
		return new ProblemException(problem(arguments), cause);
	}

	private String text(ResourceBundle texts, String part, @Nullable Object... arguments) {
		String key = code + '.' + part;
		if (part.equals("cause") && !texts.containsKey(key)) {
			return "";
		}
		try {
			return new MessageFormat(texts.getString(key), Locale.getDefault()).format(arguments);
		} catch (MissingResourceException e) {
			throw new IllegalStateException("No text " + key + " beside " + anchor.getName(), e);
		}
	}

	@Override
	public String toString() {
		return code;
	}
}
