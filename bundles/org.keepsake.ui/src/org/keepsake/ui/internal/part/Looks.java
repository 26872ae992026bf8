// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import org.eclipse.e4.ui.css.core.engine.CSSEngine;
import org.eclipse.e4.ui.css.swt.dom.WidgetElement;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;

/** Builds widgets alike everywhere; fonts and colours come from the style sheets by class name. */
public final class Looks {

	private static final String CSS_CLASS = "org.eclipse.e4.ui.css.CssClassName";

	private static final int MIN_BUTTON = 96;
	private static final int BUTTON_PADDING = 24;

	private Looks() {
	}

	/** Names the control's style class. */
	public static <T extends Control> T style(T control, String cssClass) {
		control.setData(CSS_CLASS, cssClass);
		return control;
	}

	/** A page of one column with margins. */
	static Composite page(Composite parent, int marginWidth, int marginHeight) {
		Composite page = style(new Composite(parent, SWT.NONE), "page");
		GridLayout layout = new GridLayout(1, false);
		layout.marginWidth = marginWidth;
		layout.marginHeight = marginHeight;
		page.setLayout(layout);
		return page;
	}

	/** A container with columns and no margin. */
	public static Composite columns(Composite parent, int columns) {
		Composite composite = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(columns, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		layout.horizontalSpacing = 12;
		layout.verticalSpacing = 8;
		composite.setLayout(layout);
		composite.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, true, false));
		return composite;
	}

	/** A text that wraps and fills its row. */
	public static Label text(Composite parent, String cssClass) {
		Label label = style(new Label(parent, SWT.WRAP), cssClass);
		GridData data = new GridData(SWT.FILL, SWT.BEGINNING, true, false);
		data.widthHint = 320;
		label.setLayoutData(data);
		return label;
	}

	/** A push button with an action. */
	public static Button button(Composite parent, String text, Runnable action) {
		Button button = new Button(parent, SWT.PUSH);
		button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		text(button, text);
		button.addListener(SWT.Selection, event -> action.run());
		return button;
	}

	/** Sets a button's text if it differs, and makes it wide enough for it. */
	public static void text(Button button, String text) {
		if (!text.equals(button.getText())) {
			button.setText(text);
			if (button.getLayoutData() instanceof GridData data) {
				data.widthHint = Math.max(MIN_BUTTON, button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + BUTTON_PADDING);
			}
		}
	}

	/** Makes a button the one to press, or one that cannot be pressed and does not look as if. */
	public static void enablePrimary(Button button, boolean enabled) {
		if (button.isEnabled() != enabled || button.getData(CSS_CLASS) == null) {
			button.setEnabled(enabled);
			style(button, enabled ? "primary" : "unavailable");
			CSSEngine engine = WidgetElement.getEngine(button);
			if (engine != null) {
				engine.applyStyles(button, false);
			}
		}
	}

	/** Says to people who cannot see it what the control is. */
	public static void name(Control control, String name) {
		control.getAccessible().addAccessibleListener(AccessibleListener.getNameAdapter(event -> event.result = name));
	}

	/** Says to people who cannot see it what the control does. */
	public static void describe(Control control, String description) {
		control.getAccessible()
				.addAccessibleListener(AccessibleListener.getDescriptionAdapter(event -> event.result = description));
	}

	/** Shows or hides a control, and takes or gives back its room. */
	public static void show(Control control, boolean visible) {
		if (control.getVisible() != visible) {
			control.setVisible(visible);
		}
		if (control.getLayoutData() instanceof GridData data) {
			data.exclude = !visible;
		}
	}

	/** Sets a label's text if it differs, so that nothing flickers. Ampersands are shown, not taken as mnemonics. */
	public static void text(Label label, String text) {
		String shown = text.replace("&", "&&");
		if (!shown.equals(label.getText())) {
			label.setText(shown);
		}
	}
}
