// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.e4.ui.workbench.modeling.EPartService.PartState;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.ui.internal.Ids;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.Model.Subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** The devices that are connected. */
public final class SidebarPart {

	private final DevicesModel devices;
	private final UISynchronize ui;
	private final EPartService parts;
	private final JobRunner jobs;
	private @Nullable TableViewer viewer;
	private @Nullable Label hint;
	private Set<Udid> working = Set.of();
	private List<Subscription> watching = List.of();

	/** Injected. */
	@Inject
	public SidebarPart(DevicesModel devices, JobRunner jobs, UISynchronize ui, EPartService parts) {
		this.devices = devices;
		this.jobs = jobs;
		this.ui = ui;
		this.parts = parts;
	}

	/** Builds the list. */
	@PostConstruct
	public void create(Composite area) {
		Composite parent = Looks.style(new Composite(area, SWT.NONE), "sidebar");
		GridLayout layout = new GridLayout(1, false);
		layout.marginWidth = 10;
		layout.marginHeight = 12;
		parent.setLayout(layout);
		Label heading = Looks.style(new Label(parent, SWT.NONE), "heading");
		heading.setText(Messages.sidebar_devices);
		hint = Looks.text(parent, "faint");
		TableViewer table = new TableViewer(parent, SWT.SINGLE | SWT.FULL_SELECTION | SWT.NO_SCROLL | SWT.V_SCROLL);
		table.getTable().setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		table.getTable().setData("org.eclipse.swtbot.widget.key", Ids.SIDEBAR_PART);
		Looks.style(table.getTable(), "sidebar");
		Looks.name(table.getTable(), Messages.sidebar_devices);
		TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
		table.getTable().addListener(SWT.Resize,
				event -> column.getColumn().setWidth(table.getTable().getClientArea().width));
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(@Nullable Object element) {
				return element instanceof DeviceItem item ? line(item) : "";
			}
		});
		table.setContentProvider(ArrayContentProvider.getInstance());
		table.addSelectionChangedListener(event -> {
			if (event.getStructuredSelection().getFirstElement() instanceof DeviceItem item
					&& !devices.chosen().map(DeviceItem::udid).filter(item.udid()::equals).isPresent()) {
				devices.choose(item.udid());
				parts.showPart(Ids.DEVICE_PART, PartState.VISIBLE);
			}
		});
		viewer = table;
		watching = List.of(devices.onChange(() -> ui.asyncExec(this::refresh)), jobs.onChange(this::workChanged));
		refresh();
	}

	private String line(DeviceItem item) {
		String busy = jobs.isBusy(item.udid()) ? "  ⟳" : "";
		return item.title() + busy + (item.subtitle().isEmpty() ? "" : "\n" + item.subtitle());
	}

	/** Progress comes often; only a job that begins or ends changes the list. */
	private synchronized void workChanged() {
		Set<Udid> now = devices.devices().stream().map(DeviceItem::udid).filter(jobs::isBusy)
				.collect(Collectors.toSet());
		if (!now.equals(working)) {
			working = now;
			ui.asyncExec(this::refresh);
		}
	}

	private void refresh() {
		TableViewer table = viewer;
		Label empty = hint;
		if (table == null || empty == null || table.getTable().isDisposed()) {
			return;
		}
		List<DeviceItem> items = devices.devices();
		table.setInput(items.toArray());
		devices.chosen().ifPresent(item -> table.setSelection(new StructuredSelection(item)));
		Problem trouble = devices.trouble();
		Looks.text(empty, items.isEmpty() ? trouble == null ? Messages.sidebar_none : trouble.title() : "");
		Looks.show(empty, items.isEmpty());
		Looks.show(table.getTable(), !items.isEmpty());
		empty.getParent().layout(true, true);
	}

	/** Gives the list the keyboard. */
	@Focus
	public void focus() {
		TableViewer table = viewer;
		if (table != null) {
			table.getTable().setFocus();
		}
	}

	/** Ends the watch. */
	@PreDestroy
	public void dispose() {
		watching.forEach(Subscription::close);
	}
}
