// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.EclipseContextFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.model.application.ui.basic.MBasicFactory;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.storage.Storages;
import org.keepsake.engine.Extensions;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.target.local.LocalTargetFactory;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.Insides;
import org.keepsake.ui.internal.inside.RecordsModel;
import org.keepsake.ui.internal.inside.Unlocking;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.part.InsidePart;

/**
 * What {@code benchmarks/million} measures of the window: its page of what is in a backup, without the rest of the
 * workbench, on the bundles of the product. Looks through the messages as a person does, and prints a line for each step:
 * how long it took, CPU seconds in all and of the window's thread, memory now and at most, and how long what was asked of
 * the window had to wait at most; the first step loads the classes as well. Arguments: the folder that the backup is kept
 * in, and a folder of its own.
 */
public final class MillionWindow {

	private static final long LIMIT_NANOS = 600_000_000_000L;
	private static final int TICK_MILLIS = 20;

	private final Display display = new Display();
	private final Shell shell = new Shell(display);
	private final Thread thread = Thread.currentThread();
	private volatile long longestWait;
	private long began;
	private long cpu;
	private long ours;

	public static void main(String[] arguments) throws Exception {
		new MillionWindow().look(Path.of(arguments[0]), Path.of(arguments[1]));
		System.exit(0);
	}

	private static DataSet dataSet(String name) throws ReflectiveOperationException {
		return (DataSet) Class.forName("org.keepsake.dataset." + name).getConstructor().newInstance();
	}

	private static Keepsake engine(Path kept, Path home) throws Exception {
		Extensions extensions = new Extensions(
				List.of(dataSet("messages.internal.MessagesDataSet"), dataSet("people.internal.ContactsDataSet")),
				List.of(), List.of(), Storages.NONE, List.of(), context -> List.of());
		Keepsake engine = new Keepsake(home, Map.of("HOME", home.toString()), List.of(),
				List.of(new LocalTargetFactory()), extensions);
		engine.targets().add("made", kept.toString(), true);
		return engine;
	}

	private void look(Path kept, Path home) throws Exception {
		Keepsake engine = engine(kept, home);
		Insides insides = new Insides(engine, new JobRunner(), new Unlocking(engine, (backup, wrong, monitor) -> null));
		KeptBackup backup = engine.snapshots(null, null).getFirst();
		shell.setLayout(new FillLayout());
		shell.setSize(1400, 900);
		shell.open();
		settle();
		watch();
		begin();
		InsideModel model = insides.open(backup);
		show(model, insides);
		await("all is counted",
				() -> !model.items().isEmpty() && model.items().stream().allMatch(item -> item.survey() != null));
		step("opened and counted");
		read(model);
		turn();
		filter(model);
	}

	private void show(InsideModel model, Insides insides) {
		IEclipseContext context = EclipseContextFactory.create("window");
		MPart part = MBasicFactory.INSTANCE.createPart();
		part.getTransientData().put(InsideModel.class.getName(), model);
		context.set(MPart.class, part);
		context.set(Insides.class, insides);
		context.set(UISynchronize.class, new Synchronize(display));
		context.set(EPartService.class.getName(), Proxy.newProxyInstance(MillionWindow.class.getClassLoader(),
				new Class<?>[] { EPartService.class }, (proxy, method, values) -> null));
		Composite area = new Composite(shell, SWT.NONE);
		area.setLayout(new FillLayout());
		context.set(Composite.class, area);
		ContextInjectionFactory.make(InsidePart.class, context);
		shell.layout(true, true);
	}

	private void read(InsideModel model) throws IOException {
		Table list = all(Table.class).stream().filter(table -> messages(table) >= 0).findFirst().orElseThrow();
		list.setSelection(messages(list));
		list.notifyListeners(SWT.Selection, null);
		await("the first rows", () -> rows() != null && rows().getItemCount() > 20 && shown(5));
		step("first rows");
		await("all is read", () -> !records(model).view().reading());
		step("all read: " + records(model).view().count());
	}

	private void turn() throws IOException {
		Random random = new Random(1);
		for (int i = 0; i < 40; i++) {
			int row = random.nextInt(rows().getItemCount() - 60);
			rows().setTopIndex(row);
			settle();
			await("row " + row, () -> shown(row + 3));
		}
		step("40 jumps in a page");
		for (int i = 0; i < 20; i++) {
			Button next = all(Button.class).stream()
					.filter(button -> button.getText().replace("&&", "&").equals(Messages.inside_part_next))
					.filter(Control::isVisible).filter(Control::isEnabled).findFirst().orElse(null);
			if (next == null) {
				break;
			}
			next.notifyListeners(SWT.Selection, null);
			settle();
			await("the next page", () -> shown(3));
		}
		step("up to 20 pages on");
	}

	private void filter(InsideModel model) throws IOException {
		Text filter = all(Text.class).stream().filter(text -> Messages.inside_filter.equals(text.getMessage()))
				.findFirst().orElseThrow();
		filter.setText("rarebird");
		filter.notifyListeners(SWT.DefaultSelection, null);
		await("a hit", () -> records(model).view().filter().restricts()
				&& (records(model).view().count() > 0 || !records(model).view().reading()));
		step("filter by a word: first hit");
		await("all is filtered", () -> !records(model).view().reading());
		step("filtered: " + records(model).view().count());
	}

	private static RecordsModel records(InsideModel model) {
		return model.records().orElseThrow();
	}

	private static int messages(Table table) {
		return Arrays.stream(table.getItems()).map(item -> item.getText().startsWith("Messages\n")).toList()
				.indexOf(Boolean.TRUE);
	}

	private Table rows() {
		Predicate<Table> ofRecords = table -> table.getColumnCount() > 1 && (table.getStyle() & SWT.VIRTUAL) != 0;
		return all(Table.class).stream().filter(ofRecords).findFirst().orElse(null);
	}

	private boolean shown(int row) {
		return !rows().getItem(row).getText(1).isEmpty();
	}

	private <T extends Control> List<T> all(Class<T> kind) {
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

	private void await(String what, BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT_NANOS;
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("Waited in vain for: " + what);
			}
			if (!display.readAndDispatch()) {
				display.timerExec(TICK_MILLIS, display::wake);
				display.sleep();
			}
		}
	}

	private void settle() {
		boolean[] passed = { false };
		display.asyncExec(() -> passed[0] = true);
		await("the window is at rest", () -> passed[0]);
	}

	/** Asks the window for something a hundred times a second, and notes how long it lets one wait. */
	private void watch() {
		Thread.ofPlatform().daemon().start(() -> {
			while (!display.isDisposed()) {
				long asked = System.nanoTime();
				display.syncExec(() -> longestWait = Math.max(longestWait, System.nanoTime() - asked));
				try {
					Thread.sleep(10);
				} catch (InterruptedException e) {
					return;
				}
			}
		});
	}

	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
				.getProcessCpuTime();
	}

	private static long mebibytes(String name) throws IOException {
		Path status = Path.of("/proc/self/status");
		return Files.notExists(status) ? 0
				: Files.readAllLines(status).stream().filter(line -> line.startsWith(name))
						.mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
	}

	private void begin() {
		longestWait = 0;
		cpu = cpu();
		ours = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
		began = System.nanoTime();
	}

	private void step(String name) throws IOException {
		settle();
		System.out.printf("  %-30s %7.2f s wall %7.2f s CPU %6.2f s of the window's thread %5d MiB, %d at most, waits %d ms%n",
				name, (System.nanoTime() - began) / 1e9, (cpu() - cpu) / 1e9,
				(ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) - ours) / 1e9,
				mebibytes("VmRSS"), mebibytes("VmHWM"), longestWait / 1_000_000);
		begin();
	}

	/** The way to the window's thread that the parts ask for. */
	private static final class Synchronize extends UISynchronize {

		private final Display display;

		Synchronize(Display display) {
			this.display = display;
		}

		@Override
		public void syncExec(Runnable work) {
			display.syncExec(work);
		}

		@Override
		public void asyncExec(Runnable work) {
			display.asyncExec(work);
		}

		@Override
		protected boolean isUIThread(Thread asked) {
			return display.getThread() == asked;
		}

		@Override
		protected void showBusyWhile(Runnable work) {
			work.run();
		}

		@Override
		protected boolean dispatchEvents() {
			return display.readAndDispatch();
		}
	}
}
