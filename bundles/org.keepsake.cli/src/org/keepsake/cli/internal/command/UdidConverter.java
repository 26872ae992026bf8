// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.core.Udid;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a device's identifier. */
public final class UdidConverter implements ITypeConverter<Udid> {

	@Override
	public Udid convert(String text) {
		if (!Udid.isValid(text)) {
			throw new TypeConversionException(
					"'" + text + "' is no device identifier; keepsake devices shows those of connected devices");
		}
		return new Udid(text);
	}
}
