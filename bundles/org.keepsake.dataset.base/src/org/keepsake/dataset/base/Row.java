// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A row of a result, asked tolerantly: what is null, missing or of a type that cannot be meant is null, 0 or false. Valid
 * until the next row.
 */
public final class Row {

	private final ResultSet result;

	Row(ResultSet result) {
		this.result = result;
	}

	/** The value as SQLite has it: {@code Long}, {@code Double}, {@code String}, {@code byte[]} or null. */
	public @Nullable Object value(String column) throws SQLException {
		Object value = result.getObject(column);
		return value instanceof Integer small ? Long.valueOf(small) : value;
	}

	/** Text; bytes count as UTF-8, numbers as they are written; null if there is nothing. */
	public @Nullable String text(String column) throws SQLException {
		Object value = value(column);
		if (value instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		return value == null ? null : value.toString();
	}

	/** Text; empty if there is nothing. */
	public String textOrEmpty(String column) throws SQLException {
		String text = text(column);
		return text == null ? "" : text;
	}

	/** A number, written as a text too; null if there is none. */
	public @Nullable Number number(String column) throws SQLException {
		Object value = value(column);
		if (value instanceof String text) {
			try {
				return Double.valueOf(text.strip());
			} catch (NumberFormatException e) {
				return null;
			}
		}
		return value instanceof Number number ? number : null;
	}

	/** A whole number; 0 if there is none. */
	public long integer(String column) throws SQLException {
		Number number = number(column);
		return number == null ? 0 : number.longValue();
	}

	/** A number; 0 if there is none. */
	public double real(String column) throws SQLException {
		Number number = number(column);
		return number == null ? 0 : number.doubleValue();
	}

	/** Whether there is a number that is not zero. */
	public boolean flag(String column) throws SQLException {
		return integer(column) != 0;
	}

	/** Bytes; null if there are none. */
	public byte @Nullable [] bytes(String column) throws SQLException {
		return value(column) instanceof byte[] bytes ? bytes : null;
	}

	/** The first column, as a whole number. */
	long first() throws SQLException {
		return result.getLong(1);
	}

	/** Seconds or nanoseconds since 2001; null if there is no date. */
	public @Nullable Instant cocoa(String column) throws SQLException {
		return AppleTime.cocoa(number(column));
	}

	/** Seconds since 1970; null if there is no date. */
	public @Nullable Instant unix(String column) throws SQLException {
		return AppleTime.unix(number(column));
	}
}
