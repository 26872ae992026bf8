// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.ui.model.application.MApplication;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.model.application.ui.basic.MPartStack;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.e4.ui.workbench.modeling.EPartService.PartState;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.inside.CompareModel;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.Insides;

import jakarta.inject.Inject;

/** Opens pages beside those that are always there. */
@Creatable
public final class Pages {

	private final EPartService parts;
	private final EModelService models;
	private final MApplication application;
	private final Insides insides;

	/** Injected. */
	@Inject
	public Pages(EPartService parts, EModelService models, MApplication application, Insides insides) {
		this.parts = parts;
		this.models = models;
		this.application = application;
		this.insides = insides;
	}

	/** Shows what is in the backup, on the page it has already or on a new one. */
	public void inside(KeptBackup kept) {
		if (!(models.find(Ids.PAGES_STACK, application) instanceof MPartStack stack)) {
			return;
		}
		InsideModel model = insides.open(kept);
		MPart page = stack.getChildren().stream().filter(MPart.class::isInstance).map(MPart.class::cast)
				.filter(part -> part.getTransientData().get(InsideModel.class.getName()) == model).findFirst()
				.orElseGet(() -> add(stack, model));
		parts.showPart(page, PartState.ACTIVATE);
	}

	/** Shows what two versions differ in, on a new page. */
	public void compare(KeptBackup older, KeptBackup newer) {
		if (models.find(Ids.PAGES_STACK, application) instanceof MPartStack stack) {
			CompareModel model = insides.compare(older, newer);
			MPart page = parts.createPart(Ids.COMPARE_PART);
			page.setLabel(Messages.compare_page);
			page.setTooltip(model.title());
			page.setCloseable(true);
			page.getTags().add(EPartService.REMOVE_ON_HIDE_TAG);
			page.getTransientData().put(CompareModel.class.getName(), model);
			stack.getChildren().add(page);
			parts.showPart(page, PartState.ACTIVATE);
		}
	}

	private MPart add(MPartStack stack, InsideModel model) {
		MPart page = parts.createPart(Ids.INSIDE_PART);
		page.setLabel(model.title());
		page.setTooltip(model.kept().snapshot().path());
		page.setCloseable(true);
		page.getTags().add(EPartService.REMOVE_ON_HIDE_TAG);
		page.getTransientData().put(InsideModel.class.getName(), model);
		stack.getChildren().add(page);
		return page;
	}
}
