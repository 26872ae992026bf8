// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.Execute;
import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.keepsake.ui.internal.Ids;

/** Changes between the light and the dark theme. */
public final class ThemeHandler {

	/** Does it. */
	@Execute
	public void execute(IThemeEngine themes) {
		ITheme now = themes.getActiveTheme();
		boolean dark = now != null && Ids.DARK_THEME.equals(now.getId());
		themes.setTheme(dark ? Ids.LIGHT_THEME : Ids.DARK_THEME, true);
	}
}
