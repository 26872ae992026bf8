// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.IntConsumer;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Ctrl-C, and the polite way of the system to end a process. The first one cancels the job that runs, which then ends
 * by itself; if it does not in time, or at a second one, the process ends at once. Thread-safe.
 */
public final class Interrupts {

	/** The exit status of what was cancelled. */
	public static final int CANCELLED = 130;

	private static final String[] SIGNALS = { "INT", "TERM", "HUP" };

	private final IntConsumer exit;
	private final IntConsumer halt;
	private final Duration patience;
	private @Nullable Runnable cancel;
	private boolean asked;

	/**
	 * Reacts to nothing yet.
	 *
	 * @param exit     ends the process in order, with an exit status
	 * @param halt     ends it at once
	 * @param patience how long a cancelled job may take to end
	 */
	public Interrupts(IntConsumer exit, IntConsumer halt, Duration patience) {
		this.exit = exit;
		this.halt = halt;
		this.patience = patience;
	}

	/** For the process itself. */
	public static Interrupts ofProcess() {
		Interrupts interrupts = new Interrupts(System::exit, Runtime.getRuntime()::halt, Duration.ofSeconds(20));
		for (String signal : SIGNALS) {
			interrupts.listenTo(signal);
		}
		return interrupts;
	}

	/** By reflection: the package is not part of Java SE, though every JDK has it. */
	private void listenTo(String name) {
		try {
			ClassLoader jdk = ClassLoader.getPlatformClassLoader();
			Class<?> signal = Class.forName("sun.misc.Signal", true, jdk);
			Class<?> handler = Class.forName("sun.misc.SignalHandler", true, jdk);
			Object mine = Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] { handler },
					(proxy, method, given) -> switch (method.getName()) {
						case "handle" -> {
							interrupt();
							yield null;
						}
						case "equals" -> Boolean.valueOf(given != null && proxy == given[0]);
						case "hashCode" -> Integer.valueOf(System.identityHashCode(proxy));
						default -> "Interrupts";
					});
			signal.getMethod("handle", signal, handler).invoke(null,
					signal.getConstructor(String.class).newInstance(name), mine);
		} catch (ReflectiveOperationException | IllegalArgumentException e) {
			System.getLogger(Interrupts.class.getName()).log(System.Logger.Level.DEBUG,
					() -> "SIG" + name + " ends the process without cancelling", e);
		}
	}

	/**
	 * From now on an interrupt cancels this, until the result is closed.
	 *
	 * @param cancel called once, on a thread of its own
	 */
	public synchronized Running cancelling(Runnable cancel) {
		this.cancel = cancel;
		asked = false;
		return () -> {
			synchronized (this) {
				if (this.cancel == cancel) {
					this.cancel = null;
					notifyAll();
				}
			}
		};
	}

	/** Whether what runs now was asked to end. */
	public synchronized boolean asked() {
		return asked;
	}

	/** What Ctrl-C does. */
	public void interrupt() {
		Runnable due;
		boolean again;
		synchronized (this) {
			due = cancel;
			again = asked;
			asked = true;
		}
		if (due == null) {
			exit.accept(CANCELLED);
		} else if (again) {
			halt.accept(CANCELLED);
		} else {
			Thread.ofVirtual().name("cancel").start(due);
			Thread.ofVirtual().name("cancel-deadline").start(() -> endIfStillRunning(due));
		}
	}

	/** Cancels what runs, and waits until it ended, though no longer than it may take. */
	public synchronized void cancelAndWait() {
		Runnable due = cancel;
		if (due == null) {
			return;
		}
		if (!asked) {
			asked = true;
			Thread.ofVirtual().name("cancel").start(due);
		}
		long deadline = System.nanoTime() + patience.toNanos();
		try {
			while (cancel == due && System.nanoTime() < deadline) {
				wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void endIfStillRunning(Runnable due) {
		try {
			Thread.sleep(patience);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return;
		}
		boolean running;
		synchronized (this) {
			running = cancel == due;
		}
		if (running) {
			halt.accept(CANCELLED);
		}
	}

	/** A job that can be cancelled; closed when it ended. */
	public interface Running extends AutoCloseable {
		@Override
		void close();
	}
}
