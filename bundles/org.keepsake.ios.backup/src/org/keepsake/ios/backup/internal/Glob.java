// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A pattern over paths: {@code *} for anything within a component, {@code **} for anything, {@code **}{@code /} for any
 * number of leading components, none included, {@code ?} for one character within a component.
 */
public final class Glob implements Predicate<String> {

	private final @Nullable String literal;
	private final Pattern pattern;

	/** @param glob the pattern */
	public Glob(String glob) {
		literal = glob.indexOf('*') < 0 && glob.indexOf('?') < 0 ? glob : null;
		pattern = Pattern.compile(expression(glob), Pattern.DOTALL);
	}

	private static String expression(String glob) {
		StringBuilder expression = new StringBuilder();
		int plain = 0;
		int i = 0;
		while (i < glob.length()) {
			char c = glob.charAt(i);
			if (c != '*' && c != '?') {
				i++;
				continue;
			}
			expression.append(Pattern.quote(glob.substring(plain, i)));
			if (glob.startsWith("**/", i) && (i == 0 || glob.charAt(i - 1) == '/')) {
				expression.append("(?:.*/)?");
				i += 3;
			} else if (glob.startsWith("**", i)) {
				expression.append(".*");
				i += 2;
			} else {
				expression.append(c == '*' ? "[^/]*" : "[^/]");
				i++;
			}
			plain = i;
		}
		return expression.append(Pattern.quote(glob.substring(plain))).toString();
	}

	/** The one text it matches, if it has no wildcards; else null. */
	@Nullable
	String literal() {
		return literal;
	}

	@Override
	public boolean test(String path) {
		return literal != null ? literal.equals(path) : pattern.matcher(path).matches();
	}
}
