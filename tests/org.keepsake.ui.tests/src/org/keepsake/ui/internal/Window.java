// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.model.application.MApplication;
import org.eclipse.e4.ui.model.application.ui.basic.MBasicFactory;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.services.IServiceConstants;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.keepsake.engine.Keepsake;
import org.keepsake.ui.internal.dialog.PasswordPrompt;
import org.keepsake.ui.internal.inside.Insides;
import org.keepsake.ui.internal.inside.Unlocking;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.ProofsModel;
import org.keepsake.ui.internal.part.BackupsPart;
import org.keepsake.ui.internal.part.DevicePart;
import org.keepsake.ui.internal.part.SidebarPart;
import org.keepsake.ui.internal.place.PlacesModel;

/** A shell with the window's parts, or one of its dialogs, and what a person sees and presses there. */
final class Window implements AutoCloseable {

	private static final int TICK_MILLIS = 20;

	private final Display display;
	private final Shell shell;
	private final @Nullable IEclipseContext context;
	private @Nullable Throwable failure;
	private boolean scripted;

	/** All parts side by side. */
	Window(Stand stand) {
		display = Display.getDefault();
		shell = new Shell(display);
		shell.setLayout(new FillLayout());
		shell.setSize(1400, 900);
		IEclipseContext made = EclipseContextFactory.create("window");
		context = made;
		made.set(Keepsake.class, stand.keepsake);
		made.set(DevicesModel.class, stand.devices);
		made.set(BackupsModel.class, stand.backups);
		made.set(JobRunner.class, stand.jobs);
		made.set(UISynchronize.class, new Synchronize(display));
		made.set(IServiceConstants.ACTIVE_SHELL, shell);
		made.set(ProofsModel.class, stand.proofs);
		made.set(PlacesModel.class, stand.places);
		made.set(Unlocking.class, new Unlocking(stand.keepsake, new PasswordPrompt(made.get(UISynchronize.class))));
		made.set(Insides.class, new Insides(stand.keepsake, stand.jobs, made.get(Unlocking.class)));
		for (Class<?> service : List.of(EPartService.class, EModelService.class, MApplication.class)) {
			made.set(service.getName(), Proxy.newProxyInstance(Window.class.getClassLoader(),
					new Class<?>[] { service }, (proxy, method, arguments) -> null));
		}
		for (Class<?> part : List.of(SidebarPart.class, DevicePart.class, BackupsPart.class)) {
			add(made, part);
		}
		shell.open();
	}

	private void add(IEclipseContext made, Class<?> part) {
		Composite area = new Composite(shell, SWT.NONE);
		area.setLayout(new FillLayout());
		made.set(Composite.class, area);
		ContextInjectionFactory.make(part, made);
	}

	/** Adds the page of what is in a backup, or of what two versions differ in. */
	void add(Class<?> part, Object model) {
		IEclipseContext made = context;
		if (made != null) {
			MPart carrier = MBasicFactory.INSTANCE.createPart();
			carrier.getTransientData().put(model.getClass().getName(), model);
			made.set(MPart.class, carrier);
			add(made, part);
			shell.layout(true, true);
		}
	}

	/** Something of the window's own. */
	<T> T get(Class<T> kind) {
		IEclipseContext made = context;
		if (made == null) {
			throw new AssertionError("A dialog has no context");
		}
		return made.get(kind);
	}

	/** Something that is made with what is the window's own. */
	<T> T make(Class<T> kind) {
		IEclipseContext made = context;
		if (made == null) {
			throw new AssertionError("A dialog has no context");
		}
		return ContextInjectionFactory.make(kind, made);
	}

	/** Whether a dialog with the title is open. */
	boolean hasDialog(String title) {
		return List.of(display.getShells()).stream().anyMatch(each -> title.equals(each.getText()));
	}

	/** The pages' models. */
	Insides insides() {
		IEclipseContext made = context;
		if (made == null) {
			throw new AssertionError("A dialog has no pages");
		}
		return made.get(Insides.class);
	}

	private Window(Shell dialog) {
		display = dialog.getDisplay();
		shell = dialog;
		context = null;
	}

	private static final class Synchronize extends UISynchronize {

		private final Display display;

		Synchronize(Display display) {
			this.display = display;
		}

		@Override
		public void syncExec(@Nullable Runnable work) {
			display.syncExec(work);
		}

		@Override
		public void asyncExec(@Nullable Runnable work) {
			display.asyncExec(work);
		}

		@Override
		protected boolean isUIThread(@Nullable Thread thread) {
			return display.getThread() == thread;
		}

		@Override
		protected void showBusyWhile(@Nullable Runnable work) {
			if (work != null) {
				work.run();
			}
		}

		@Override
		protected boolean dispatchEvents() {
			return display.readAndDispatch();
		}
	}

	/** Lets the window work until the condition holds; fails if it does not. */
	void await(String what, BooleanSupplier condition) {
		long end = System.nanoTime() + Stand.LIMIT.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				fail("Waited in vain until " + what + "; shown is " + texts());
			}
			if (!display.readAndDispatch()) {
				display.timerExec(TICK_MILLIS, display::wake);
				display.sleep();
			}
		}
	}

	/** Lets the window show what was changed up to now. */
	void settle() {
		boolean[] passed = { false };
		display.asyncExec(() -> passed[0] = true);
		await("the window is at rest", () -> passed[0]);
	}

	/** When a dialog with the title opens, a person does this with it. */
	void script(String title, Consumer<Window> person) {
		scripted = false;
		failure = null;
		long end = System.nanoTime() + Stand.LIMIT.toNanos();
		display.timerExec(TICK_MILLIS, () -> look(title, person, end));
	}

	private void look(String title, Consumer<Window> person, long end) {
		for (Shell each : display.getShells()) {
			if (each != shell && each.isVisible() && title.equals(each.getText())) {
				try {
					person.accept(new Window(each));
				} catch (RuntimeException | AssertionError e) {
					failure = e;
					each.close();
				}
				scripted = true;
				return;
			}
		}
		if (System.nanoTime() < end) {
			display.timerExec(TICK_MILLIS, () -> look(title, person, end));
		} else {
			failure = new AssertionError("No dialog " + title);
			scripted = true;
		}
	}

	/** The person is done with the dialog; what went wrong there fails the test. */
	void finished() {
		await("the dialog was used", () -> scripted);
		Throwable wrong = failure;
		if (wrong != null) {
			throw new AssertionError(wrong.getMessage(), wrong);
		}
	}

	/** Everything of a kind in the window. */
	<T extends Control> List<T> all(Class<T> kind) {
		List<T> found = new ArrayList<>();
		collect(shell, kind, found);
		return found;
	}

	private static <T extends Control> void collect(Composite parent, Class<T> kind, List<T> found) {
		for (Control child : parent.getChildren()) {
			if (kind.isInstance(child)) {
				found.add(kind.cast(child));
			}
			if (child instanceof Composite inner) {
				collect(inner, kind, found);
			}
		}
	}

	List<Table> tables() {
		return all(Table.class);
	}

	private List<String> texts() {
		return shell.isDisposed() ? List.of()
				: all(Label.class).stream().filter(Control::isVisible).map(Label::getText)
						.map(text -> text.replace("&&", "&")).filter(text -> !text.isBlank()).toList();
	}

	/** Whether a label with the text can be seen. */
	boolean shows(String text) {
		return texts().contains(text);
	}

	private List<Button> buttons(String text) {
		return shell.isDisposed() ? List.of()
				: all(Button.class).stream().filter(button -> button.getText().replace("&&", "&").equals(text))
						.filter(Control::isVisible).toList();
	}

	/** Whether a button can be seen. */
	boolean isVisible(String button) {
		return !buttons(button).isEmpty();
	}

	/** Whether a button can be seen and pressed. */
	boolean canPress(String button) {
		return buttons(button).stream().anyMatch(Control::isEnabled);
	}

	/** The first such button that can be pressed. */
	Button button(String text) {
		return buttons(text).stream().filter(Control::isEnabled).findFirst()
				.orElseThrow(() -> new AssertionError("No button " + text + " can be pressed; shown is " + texts()));
	}

	/** Presses a button. */
	void press(String text) {
		button(text).notifyListeners(SWT.Selection, null);
	}

	/** Whether the button that Enter presses can be pressed. */
	boolean canPressDefault() {
		Button button = shell.getDefaultButton();
		return button != null && button.isEnabled();
	}

	/** Presses what Enter presses. */
	void pressDefault() {
		assertTrue(canPressDefault());
		shell.getDefaultButton().notifyListeners(SWT.Selection, null);
	}

	@Override
	public void close() {
		IEclipseContext made = context;
		if (made != null) {
			made.dispose();
		}
		shell.dispose();
	}
}
