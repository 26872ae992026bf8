// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class SharedConnectionsTest {

	private static final class Line implements SharedConnections.Peer {

		private boolean open = true;

		@Override
		public boolean isOpen() {
			return open;
		}

		@Override
		public void close() {
			open = false;
		}
	}

	private final List<Line> dialled = new ArrayList<>();
	private boolean busy;
	private final SharedConnections<Line> connections = new SharedConnections<>(this::dial, 2);

	private Line dial() throws IOException {
		if (busy) {
			throw new IOException("Busy");
		}
		Line line = new Line();
		dialled.add(line);
		return line;
	}

	@Test
	void opensNoMoreThanItMayAndSharesThem() throws IOException {
		assertFalse(connections.wasReached());
		var first = connections.lease();
		var second = connections.lease();
		var third = connections.lease();
		assertTrue(connections.wasReached());
		assertNotSame(first.peer(), second.peer());
		assertEquals(2, dialled.size());
		third.close();
		third.close();
		second.close();
		try (var fourth = connections.lease()) {
			assertSame(second.peer(), fourth.peer(), "the idle one");
		}
	}

	@Test
	void forgetsWhatBroke() throws IOException {
		try (var lease = connections.lease()) {
			lease.peer().close();
		}
		try (var lease = connections.lease()) {
			assertTrue(lease.peer().isOpen());
		}
		assertEquals(2, dialled.size());
	}

	@Test
	void makesDoWithWhatThereIsIfTheServerRefusesMore() throws IOException {
		var first = connections.lease();
		busy = true;
		try (var second = connections.lease()) {
			assertSame(first.peer(), second.peer());
		}
		first.peer().close();
		assertThrows(IOException.class, connections::lease);
	}

	@Test
	void endsAllWithItself() throws IOException {
		var lease = connections.lease();
		connections.close();
		assertFalse(lease.peer().isOpen());
		assertThrows(IOException.class, connections::lease);
	}
}
