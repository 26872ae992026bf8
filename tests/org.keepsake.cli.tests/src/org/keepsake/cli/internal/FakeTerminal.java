// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.terminal.Terminal;

/** Keeps what is written, and answers questions from a list. Without answers there is nobody to ask. */
public final class FakeTerminal implements Terminal {

	private final Watched out = new Watched();
	private final Watched err = new Watched();
	private final PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
	private final PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
	private final Deque<String> answers = new ArrayDeque<>();
	private InputStream in = InputStream.nullInputStream();

	/** Every question, with whether its answer was to be hidden. */
	public final List<String> questions = new ArrayList<>();
	/** Whether the outputs are terminals. */
	public boolean isTerminal;
	/** Whether somebody can be asked. */
	public boolean canAsk;

	/** Somebody is there who answers so. */
	public FakeTerminal answering(String... texts) {
		canAsk = true;
		answers.addAll(List.of(texts));
		return this;
	}

	/** What is piped in. */
	public FakeTerminal piping(String text) {
		in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/** Wakes whoever waits for what is written. */
	private static final class Watched extends ByteArrayOutputStream {

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			super.write(bytes, offset, length);
			notifyAll();
		}

		synchronized void await(String text) throws InterruptedException {
			while (!toString(StandardCharsets.UTF_8).contains(text)) {
				wait();
			}
		}
	}

	/** Waits until the text is written to standard output by another thread, and flushed. */
	public void awaitOut(String text) throws InterruptedException {
		out.await(text);
	}

	/** Waits until the text is written to standard error by another thread. */
	public void awaitErr(String text) throws InterruptedException {
		err.await(text);
	}

	/** What was written to standard output. */
	public String outText() {
		outStream.flush();
		return out.toString(StandardCharsets.UTF_8);
	}

	/** What was written to standard error. */
	public String errText() {
		return err.toString(StandardCharsets.UTF_8);
	}

	@Override
	public PrintStream out() {
		return outStream;
	}

	@Override
	public PrintStream err() {
		return errStream;
	}

	@Override
	public InputStream in() {
		return in;
	}

	@Override
	public boolean outIsTerminal() {
		return isTerminal;
	}

	@Override
	public boolean errIsTerminal() {
		return isTerminal;
	}

	@Override
	public boolean canAsk() {
		return canAsk;
	}

	@Override
	public boolean unicode() {
		return true;
	}

	@Override
	public int columns() {
		return 80;
	}

	@Override
	public @Nullable String ask(String question) {
		questions.add("shown: " + question);
		return answers.poll();
	}

	@Override
	public char @Nullable [] askSecretly(String question) {
		questions.add("hidden: " + question);
		String answer = answers.poll();
		return answer == null ? null : answer.toCharArray();
	}
}
