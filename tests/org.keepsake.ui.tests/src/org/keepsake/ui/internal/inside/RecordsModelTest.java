// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.ui.internal.SampleData.Letter;
import org.keepsake.ui.internal.SampleData.Letters;
import org.keepsake.ui.internal.Stand;
import org.keepsake.ui.internal.inside.RecordsModel.Details;
import org.keepsake.ui.internal.inside.RecordsModel.Sort;
import org.keepsake.ui.internal.inside.RecordsModel.View;

/** Records are read in the background, shown page by page, filtered, sorted and found. */
class RecordsModelTest {

	private static final ZoneId ZONE = ZoneId.of("UTC");

	private static RecordsModel open(DataSet dataSet) {
		RecordsModel model = new RecordsModel(new FakeBackup(), dataSet, ZONE);
		model.start();
		return model;
	}

	private static View done(RecordsModel model) {
		Stand.await("all is read", () -> !model.view().reading());
		return model.view();
	}

	private static Entry row(RecordsModel model, int position) {
		Stand.await("row " + position + " is fetched", () -> model.row(position) != null);
		Entry entry = model.row(position);
		assertNotNull(entry);
		return entry;
	}

	private static Column column(RecordsModel model, String title) {
		return model.view().columns().stream().filter(column -> column.title().equals(title)).findFirst()
				.orElseThrow(() -> new AssertionError(title + " not among " + model.view().columns()));
	}

	@Test
	void manyAreReadAndAnyIsShown() {
		try (RecordsModel model = open(new Letters(30_000))) {
			assertEquals(30_000, done(model).count());
			for (int position : new int[] { 0, 29_999, 15_000, 1 }) {
				assertEquals("letter-" + position, row(model, position).key());
			}
			List<Integer> told = new ArrayList<>();
			Stand.await("it is told which were fetched", () -> {
				told.addAll(model.takeLoaded());
				return told.containsAll(List.of(Integer.valueOf(0), Integer.valueOf(15_000)));
			});
			assertTrue(model.takeLoaded().isEmpty(), "they are named once");
		}
	}

	@Test
	void onlyColumnsThatTellSomethingAreShown() {
		try (RecordsModel model = open(new Letters())) {
			List<String> titles = done(model).columns().stream().map(Column::title).toList();
			assertTrue(titles.containsAll(List.of("Date", "What", "Chat name", "Way", "Pages", "Took")),
					titles::toString);
			assertFalse(titles.contains("Key"), titles::toString);
			assertFalse(titles.contains("Constant"), "it is always the same");
			assertFalse(titles.contains("Stamps"), "they are always the same");
			Entry entry = row(model, 3);
			assertEquals("Air mail", column(model, "Way").text(entry, ZONE));
			assertEquals("0:03", column(model, "Took").text(entry, ZONE));
			assertEquals("Letter number 3 with a second line", column(model, "Text").text(entry, ZONE));
		}
	}

	@Test
	void theFilterRestrictsByWordsAndDays() {
		try (RecordsModel model = open(new Letters())) {
			done(model);
			model.filter(new Filter("zoë 1", LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 14), false));
			View view = done(model);
			assertEquals(3, view.count(), "1, 11 and 13; 15 comes later");
			assertEquals("letter-13", row(model, 2).key());
			long round = view.round();
			model.filter(Filter.ALL);
			assertEquals(300, done(model).count());
			assertTrue(round != model.view().round());
		}
	}

	@Test
	void passwordsAreMaskedUnlessAskedFor() {
		try (RecordsModel model = open(new Letters())) {
			done(model);
			assertEquals("••••", row(model, 4).values().get("password"));
			model.filter(new Filter("", null, null, true));
			done(model);
			assertEquals("secret-4", row(model, 4).values().get("password"));
		}
	}

	@Test
	void rowsAreSortedByAnyColumnAndBack() {
		try (RecordsModel model = open(new Letters())) {
			done(model);
			Column date = column(model, "Date");
			model.sort(new Sort(date, true));
			Stand.await("the newest is first", () -> row(model, 0).key().equals("letter-299"));
			assertTrue(model.takeReordered());
			Column pages = column(model, "Pages");
			model.sort(new Sort(pages, false));
			Stand.await("the shortest is first", () -> Long.valueOf(0).equals(row(model, 0).values().get("pages")));
			assertEquals(Long.valueOf(49), row(model, 299).values().get("pages"));
			model.sort(null);
			assertEquals("letter-0", row(model, 0).key());
		}
	}

	@Test
	void veryManyAreSortedByDateOnly() {
		try (RecordsModel model = open(new Letters(RecordsModel.MOST_SORTED + 1))) {
			done(model);
			assertTrue(model.canSort(column(model, "Date")));
			assertFalse(model.canSort(column(model, "Way")));
		}
	}

	@Test
	void aRecordIsFoundByItsKeyAlsoUnderAFilter() {
		try (RecordsModel model = open(new Letters())) {
			done(model);
			model.filter(new Filter("nothing like this", null, null, false));
			RecordsModel.View before = done(model);
			assertEquals(0, before.count());
			model.show("letter-123");
			done(model);
			assertEquals(-1, model.takeShown(before), "not for rows among which it is not");
			int[] found = { -1 };
			Stand.await("it is found", () -> (found[0] = model.takeShown(model.view())) >= 0);
			assertEquals(123, found[0]);
			assertEquals(-1, model.takeShown(model.view()), "it is told once");
			assertFalse(model.view().filter().restricts());
			model.show("letter-7");
			Stand.await("another is found", () -> (found[0] = model.takeShown(model.view())) >= 0);
			assertEquals(7, found[0]);
		}
	}

	@Test
	void detailsHoldWhatWasSaidAround() {
		try (RecordsModel model = open(new Letters())) {
			done(model);
			AtomicReference<@Nullable Details> details = new AtomicReference<>();
			model.details(12, details::set);
			Stand.await("the details are there", () -> details.get() != null);
			Details known = details.get();
			assertNotNull(known);
			assertEquals("letter-12", known.entry().key());
			assertEquals("letter-10", known.conversation().getFirst().key(), "9 is of another chat");
			assertEquals("letter-17", known.conversation().getLast().key());
		}
	}

	@Test
	void aFailureLeavesWhatWasRead() {
		DataSet torn = new Letters() {
			@Override
			public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
					throws IOException {
				for (int i = 0; i < 10; i++) {
					visitor.visit(Letter.of(i, false));
				}
				throw new IOException("The database is malformed");
			}
		};
		try (RecordsModel model = open(torn)) {
			View view = done(model);
			assertEquals(10, view.count());
			var problem = view.problem();
			assertTrue(problem != null && problem.cause().contains("malformed"), () -> "" + problem);
			assertEquals("letter-9", row(model, 9).key());
		}
	}

	@Test
	void anotherFilterEndsTheReading() throws Exception {
		CountDownLatch reading = new CountDownLatch(1);
		AtomicBoolean ended = new AtomicBoolean();
		DataSet endless = new Letters() {
			@Override
			public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
					throws IOException {
				boolean first = selection.search() == null;
				try {
					for (int i = 0; (first || i < 5) && visitor.visit(Letter.of(i, false)); i++) {
						reading.countDown();
					}
				} finally {
					if (first) {
						ended.set(true);
					}
				}
			}
		};
		try (RecordsModel model = open(endless)) {
			reading.await();
			Stand.await("some are shown while it reads", () -> model.view().count() > 0 && model.view().reading());
			model.filter(new Filter("letter", null, null, false));
			Stand.await("the first reading has ended", ended::get);
			assertEquals(5, done(model).count());
		}
	}

	@Test
	void closingEndsTheReading() {
		AtomicBoolean ended = new AtomicBoolean();
		DataSet endless = new Letters() {
			@Override
			public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
					throws IOException {
				try {
					for (int i = 0; visitor.visit(Letter.of(i % 100, false)); i++) {
						monitor.throwIfCancelled();
					}
				} finally {
					ended.set(true);
				}
			}
		};
		RecordsModel model = open(endless);
		Stand.await("it reads", () -> model.view().count() > 0);
		model.close();
		Stand.await("it has ended", ended::get);
	}
}
