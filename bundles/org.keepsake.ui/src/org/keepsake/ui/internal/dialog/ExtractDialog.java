// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.keepsake.engine.Human;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.DomainsModel;
import org.keepsake.ui.internal.inside.DomainsModel.Domain;
import org.keepsake.ui.internal.inside.Exports;
import org.keepsake.ui.internal.inside.ValueText;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;

/** Asks which files of a backup are to be copied, and to where. */
public final class ExtractDialog extends TitledDialog {

	private static final int HEIGHT = 220;

	private final Exports exports;
	private final DomainsModel domains;
	private @Nullable Table table;
	private @Nullable Label hint;
	private @Nullable ProblemBox problem;
	private @Nullable Text path;
	private @Nullable FolderRow folder;

	/** Opened by the caller. */
	public ExtractDialog(Shell shell, OpenedBackup backup, Exports exports) {
		super(shell, Messages.extract_title);
		this.exports = exports;
		this.domains = new DomainsModel(backup);
	}

	@Override
	void build(Composite area) {
		Composite rows = rows(area, 600);
		hint = wide(rows, "plain", "");
		ProblemBox box = new ProblemBox(rows);
		box.span(2);
		problem = box;
		table = list(rows);
		new Label(rows, SWT.NONE).setText(Messages.extract_path);
		Text glob = new Text(rows, SWT.BORDER);
		glob.setMessage(Messages.extract_path_form);
		glob.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		path = glob;
		folder = new FolderRow(rows, exports.proposal("files"), this::check);
		show();
		domains.onChange(() -> area.getDisplay().asyncExec(this::show));
	}

	private static Table list(Composite rows) {
		Table made = new Table(rows, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		GridData data = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
		data.heightHint = HEIGHT;
		made.setLayoutData(data);
		made.setHeaderVisible(true);
		String[] titles = { Messages.extract_domain, Messages.extract_files, Messages.extract_size };
		int[] widths = { 380, 90, 100 };
		for (int i = 0; i < titles.length; i++) {
			TableColumn column = new TableColumn(made, i == 0 ? SWT.LEFT : SWT.RIGHT);
			column.setText(titles[i]);
			column.setWidth(widths[i]);
		}
		Looks.name(made, Messages.extract_domain);
		return made;
	}

	private void show() {
		Table list = table;
		Label text = hint;
		ProblemBox box = problem;
		if (list == null || list.isDisposed() || text == null || box == null) {
			return;
		}
		List<Domain> known = domains.domains();
		Looks.text(text, known == null ? Messages.extract_counting : Messages.extract_choose);
		box.show(domains.problem());
		if (known != null && list.getItemCount() == 0) {
			row(list, Messages.extract_all, known.stream().mapToLong(Domain::files).sum(),
					known.stream().mapToLong(Domain::bytes).sum());
			known.forEach(domain -> row(list, ValueText.oneLine(domain.name()), domain.files(), domain.bytes())
					.setData(domain));
			list.setSelection(0);
		}
		list.getParent().layout(true, true);
		check();
	}

	private static TableItem row(Table list, String name, long files, long bytes) {
		TableItem item = new TableItem(list, SWT.NONE);
		item.setText(new String[] { name, Human.number(files), Human.bytes(bytes) });
		return item;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.extract_button);
		check();
	}

	private void check() {
		FolderRow row = folder;
		if (row != null) {
			enableOk(row.folder() != null && domains.domains() != null);
		}
	}

	@Override
	protected void okPressed() {
		FolderRow row = folder;
		Path into = row == null ? null : row.folder();
		Table list = table;
		Text glob = path;
		if (into == null || list == null || glob == null) {
			return;
		}
		TableItem[] chosen = list.getSelection();
		String domain = chosen.length > 0 && chosen[0].getData() instanceof Domain one ? one.name() : null;
		String paths = glob.getText().isBlank() ? null : glob.getText().strip();
		super.okPressed();
		exports.extract(new FileFilter(domain, paths), into);
	}

	@Override
	public boolean close() {
		domains.close();
		return super.close();
	}
}
