// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.Problem;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicePage;
import org.keepsake.ui.internal.model.DevicePage.Fact;
import org.keepsake.ui.internal.place.PlaceItem;

/** The widgets of a device's page. */
final class DeviceWidgets {

	/** What the buttons do. */
	interface Commands {
		void backUp();

		void restore();

		void pair();

		void password();

		void cancel();

		void dismiss();

		void choose(PlaceItem place);
	}

	private final Composite content;
	private final Label title;
	private final Label subtitle;
	private final ProblemBox trouble;
	private final Composite pairing;
	private final Button pair;
	private final Composite facts;
	private final List<Label> factLabels = new ArrayList<>();
	private final Composite buttons;
	private final Button backUp;
	private final Button restore;
	private final Button password;
	private final PlaceRow places;
	private final JobBox job;

	DeviceWidgets(Composite content, Commands commands) {
		this.content = content;
		title = Looks.text(content, "title");
		subtitle = Looks.text(content, "faint");
		trouble = new ProblemBox(content);
		pairing = Looks.columns(content, 2);
		pair = Looks.style(Looks.button(pairing, Messages.device_pair, commands::pair), "primary");
		Label why = Looks.text(pairing, "plain");
		((GridData) why.getLayoutData()).verticalAlignment = SWT.CENTER;
		why.setText(Messages.device_pair_why);
		facts = Looks.columns(content, 2);
		places = new PlaceRow(content, commands::choose);
		buttons = Looks.columns(content, 3);
		backUp = Looks.style(Looks.button(buttons, Messages.device_back_up, commands::backUp), "primary");
		restore = Looks.button(buttons, Messages.device_restore, commands::restore);
		password = Looks.button(buttons, Messages.device_encryption_set, commands::password);
		job = new JobBox(content, commands::cancel, commands::dismiss);
	}

	boolean isDisposed() {
		return content.isDisposed();
	}

	void focus() {
		if (!content.isDisposed() && !pair.forceFocus() && !backUp.forceFocus()) {
			content.setFocus();
		}
	}

	void show(DevicePage.Snapshot page) {
		DeviceItem device = page.device();
		Problem problem = page.trouble();
		trouble.show(problem);
		boolean present = device != null;
		if (device == null) {
			String[] empty = Messages.device_empty.split("\n\n", 2);
			Looks.text(title, problem == null ? empty[0] : "");
			Looks.text(subtitle, problem == null ? empty[empty.length - 1] : "");
		} else {
			Looks.text(title, device.title());
			Looks.text(subtitle,
					device.details() == null && problem == null ? Messages.device_checking : device.subtitle());
			Looks.text(password,
					device.isEncrypted() ? Messages.device_encryption_change : Messages.device_encryption_set);
		}
		Looks.show(title, !title.getText().isEmpty());
		Looks.show(subtitle, !subtitle.getText().isEmpty());
		boolean paired = device != null && device.isPaired();
		Looks.show(pairing, device != null && device.needsPairing());
		Looks.enablePrimary(pair, !page.isBusy());
		Looks.show(facts, present);
		Looks.show(buttons, present);
		showFacts(page.facts());
		Looks.enablePrimary(backUp, page.canBackUp());
		restore.setEnabled(page.canRestore());
		password.setEnabled(paired && !page.isBusy());
		job.show(page.job());
		content.layout(true, true);
	}

	/** Shows where the next backup goes. @param choice what there is to choose from; empty for nothing */
	void show(List<PlaceItem> choice, Optional<PlaceItem> place) {
		places.show(facts.getVisible() ? choice : List.of(), place);
		content.layout(true, true);
	}

	private void showFacts(List<Fact> rows) {
		while (factLabels.size() < rows.size() * 2) {
			Label name = Looks.style(new Label(facts, SWT.NONE), "faint");
			name.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
			factLabels.add(name);
			factLabels.add(Looks.text(facts, "plain"));
		}
		for (int i = 0; i < factLabels.size(); i++) {
			Label label = factLabels.get(i);
			boolean used = i / 2 < rows.size();
			if (used) {
				Fact fact = rows.get(i / 2);
				Looks.text(label, i % 2 == 0 ? fact.label() : fact.value());
			}
			Looks.show(label, used);
		}
	}
}
