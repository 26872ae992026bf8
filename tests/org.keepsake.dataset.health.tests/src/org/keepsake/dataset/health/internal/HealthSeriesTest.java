// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Electrocardiogram;
import org.keepsake.dataset.health.HealthSample.Kind;
import org.keepsake.dataset.health.HealthSample.Workout;
import org.keepsake.testing.DataSetContract.Filler;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.MemoryOutput;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Where workouts led, and electrocardiograms: as records, and in the files that the app Health would write. */
class HealthSeriesTest {

	private static final String ROUTE = "route_2023-03-08_4.25pm.gpx";

	@TempDir
	@Nullable
	Path given;

	private final MemoryOutput files = new MemoryOutput();

	private FolderContent content(Filler filler) throws Exception {
		FolderContent content = new FolderContent(Objects.requireNonNull(given).resolve("backup"),
				new IosVersion("17.5"), true);
		filler.fill(content);
		return content;
	}

	private List<HealthSample> samples(Filler filler, Kind kind) throws Exception {
		List<HealthSample> samples = new ArrayList<>();
		new HealthDataSet().read(content(filler), Selection.ALL, entry -> samples.add((HealthSample) entry),
				JobMonitor.NONE);
		return samples.stream().filter(sample -> sample.kind() == kind).toList();
	}

	private ExportReport export(Exporter exporter, FolderContent content) throws IOException {
		return exporter.export(new ExportRequest(new HealthDataSet(), content, Selection.ALL, files, Map.of()),
				JobMonitor.NONE);
	}

	@Test
	void aWorkoutKnowsItsRoutesInBothGenerationsOfAssociations() throws Exception {
		for (Filler filler : List.<Filler>of(HealthSamples::routes17, HealthSamples::routes26)) {
			List<HealthSample> workouts = samples(filler, Kind.WORKOUT);
			Workout first = Objects.requireNonNull(workouts.get(0).workout());
			assertEquals(1, first.routes().size());
			assertEquals("20000000-0000-0000-0000-000000000020", first.routes().getFirst().key());
			assertEquals(3, first.routes().getFirst().points());
			assertEquals("Ada's Watch", first.routes().getFirst().source());
			assertEquals(Instant.parse("2023-03-08T20:26:42Z"), first.routes().getFirst().start());
			assertEquals(List.of("sample-21"), Objects.requireNonNull(workouts.get(1).workout()).routes().stream()
					.map(HealthSample.Route::key).toList());
			Files.delete(Objects.requireNonNull(given).resolve("backup/HealthDomain/Health/healthdb_secure.sqlite"));
			Files.delete(Objects.requireNonNull(given).resolve("backup/HealthDomain/Health/healthdb.sqlite"));
		}
	}

	@Test
	void deletedRoutesAreNotOfTheirWorkout() throws Exception {
		List<HealthSample> workouts = samples(content -> {
			HealthSamples.routes17(content);
			content.sql(HealthSamples.DOMAIN, HealthSamples.SECURE, "UPDATE objects SET type = 2 WHERE data_id = 20");
		}, Kind.WORKOUT);
		assertEquals(List.of(), Objects.requireNonNull(workouts.getFirst().workout()).routes());
	}

	@Test
	void writesTheRouteOfAWorkoutPointByPoint() throws Exception {
		ExportReport report = export(new HealthRoutesExporter(), content(HealthSamples::routes17));
		assertEquals(Set.of(ROUTE), files.paths());
		assertEquals(
				"""
						<?xml version="1.0" encoding="UTF-8"?>
						<gpx version="1.1" creator="Keepsake" xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
						xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">
						  <metadata>
						    <time>2026-11-01T10:00:00Z</time>
						  </metadata>
						  <trk>
						    <name>Route 2023-03-08 4:25pm</name>
						    <trkseg>
						      <trkpt lon="-73.965500" lat="40.782800"><ele>35.000000</ele><time>2023-03-08T20:26:42Z</time><extensions><speed>0.000000</speed>\
						<course>-1.000000</course><hAcc>5.000000</hAcc><vAcc>3.000000</vAcc></extensions></trkpt>
						      <trkpt lon="-73.965400" lat="40.782900"><ele>35.250000</ele><time>2023-03-08T20:26:52Z</time><extensions><speed>3.500000</speed>\
						<course>90.000000</course><hAcc>4.000000</hAcc><vAcc>3.000000</vAcc></extensions></trkpt>
						    </trkseg>
						  </trk>
						</gpx>
						""",
				files.text(ROUTE));
		assertEquals(Instant.parse("2023-03-08T21:25:40Z"), files.date(ROUTE));
		assertEquals(4, report.recordsRead(), "two workouts, two routes");
		assertEquals(2, report.recordsWritten());
		assertEquals(1, report.filesMissing());
		assertTrue(report.remarks().getFirst().startsWith("One route has no points"), report.remarks()::toString);
	}

	@Test
	void theFormOfTheAppHealthRefersToRoutes() throws Exception {
		ExportReport report = export(new HealthXmlExporter(), content(HealthSamples::routes26));
		assertEquals(Set.of("workout-routes/" + ROUTE, "electrocardiograms/ecg_2023-03-10.csv", "export.xml"),
				files.paths());
		assertEquals(3, report.filesWritten());
		assertEquals(8, report.recordsRead());
		assertEquals(7, report.recordsWritten());
		Document document = HealthDataSetTest.validated(files.bytes("export.xml"));
		assertEquals(1, document.getElementsByTagName("WorkoutRoute").getLength());
		Element route = (Element) document.getElementsByTagName("WorkoutRoute").item(0);
		assertEquals("HKWorkoutActivityTypeSwimBikeRun",
				((Element) route.getParentNode()).getAttribute("workoutActivityType"));
		assertEquals("Ada's Watch", route.getAttribute("sourceName"));
		assertEquals("2023-03-08 15:26:42 -0500", route.getAttribute("startDate"));
		Element reference = (Element) route.getElementsByTagName("FileReference").item(0);
		assertEquals("/workout-routes/" + ROUTE, reference.getAttribute("path"));
	}

	@Test
	void aRouteWithoutItsWorkoutIsWrittenAsWell() throws Exception {
		FolderContent content = content(HealthSamples::routes17);
		content.sql(HealthSamples.DOMAIN, HealthSamples.SECURE, "DELETE FROM associations");
		assertEquals(1, export(new HealthRoutesExporter(), content).filesWritten());
		assertEquals(Set.of(ROUTE), files.paths());
	}

	@Test
	void saysWhichRoutesAreKeptElsewhere() throws Exception {
		ExportReport report = export(new HealthXmlExporter(), content(HealthSamples::routes13));
		assertEquals(2, report.filesMissing());
		assertEquals(6, report.recordsWritten());
		assertEquals(2, report.remarks().size(), report.remarks()::toString);
		assertFalse(files.text("export.xml").contains("FileReference path"));
	}

	@ParameterizedTest
	@CsvSource({ "13,Inconclusive,,", "17,Sinus Rhythm,64,false", "26,Atrial Fibrillation,72,true" })
	void tellsWhatAnElectrocardiogramShowed(int ios, String classification, @Nullable Double rate,
			@Nullable Boolean symptoms) throws Exception {
		List<HealthSample> found = samples(ios == 13 ? HealthSamples::routes13
				: ios == 17 ? HealthSamples::routes17 : HealthSamples::routes26, Kind.ELECTROCARDIOGRAM);
		assertEquals(new Electrocardiogram(classification, rate, symptoms), found.getFirst().ecg());
		assertEquals("Electrocardiogram: " + classification, found.getFirst().headline());
	}

	@Test
	void writesElectrocardiogramsAsTheAppHealthDoes() throws Exception {
		export(new HealthXmlExporter(), content(HealthSamples::routes26));
		assertEquals("""
				Name,
				Date of Birth,
				Recorded Date,2023-03-10 23:00:00 -0500
				Classification,Atrial Fibrillation
				Symptoms,Present
				Software Version,10.5
				Device,"Watch6,1"
				Sample Rate,512.5 hertz

				Lead,Lead I
				Unit,µV

				-48.673
				12.000
				0.062
				""", files.text("electrocardiograms/ecg_2023-03-10.csv"));
	}

	@Test
	void anElectrocardiogramThatCannotBeReadIsCounted() throws Exception {
		FolderContent content = content(HealthSamples::routes17);
		content.sql(HealthSamples.DOMAIN, HealthSamples.SECURE, "UPDATE ecg_samples SET voltage_payload = X'0A'");
		ExportReport report = export(new HealthXmlExporter(), content);
		assertEquals(2, report.filesMissing());
		assertTrue(report.remarks().getLast().startsWith("One electrocardiogram"), report.remarks()::toString);
	}

	@Test
	void voltagesThatAreNotPackedAreReadToo() {
		byte[] payload = { 0x0a, 10, 0x1d, 0, 0, (byte) 0x80, 0x3f, 0x1d, 0, 0, 0, 0x40 };
		HealthSeries.Voltages read = Objects.requireNonNull(HealthSeries.voltages(payload));
		float[] values = new float[read.microvolts().remaining()];
		read.microvolts().get(values);
		assertArrayEquals(new float[] { 1, 2 }, values);
		assertEquals(0, read.hertz());
		assertNull(HealthSeries.voltages(new byte[0]));
	}

	@Test
	void damagedVoltagesEndInFewerOfThem() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = HealthSamples.voltages(512, new float[25]);
		assertNotNull(HealthSeries.voltages(sound));
		for (int i = 0; i < 10_000; i++) {
			byte[] damaged = java.util.Arrays.copyOf(sound,
					random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
			for (int flips = random.nextInt(8); flips > 0 && damaged.length > 0; flips--) {
				damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			}
			HealthSeries.Voltages read = HealthSeries.voltages(damaged);
			assertTrue(read == null || read.microvolts().remaining() <= damaged.length, "seed " + seed);
		}
	}

	@Test
	void damagedDatabasesEndInAProblemOrInAPart() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		FolderContent content = content(HealthSamples::routes26);
		Path file = Objects.requireNonNull(given).resolve("backup/HealthDomain/Health/healthdb_secure.sqlite");
		byte[] sound = Files.readAllBytes(file);
		for (int i = 0; i < 300; i++) {
			byte[] damaged = sound.clone();
			for (int flips = 1 + random.nextInt(40); flips > 0; flips--) {
				damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			}
			Files.write(file, damaged);
			try {
				new HealthXmlExporter().export(new ExportRequest(new HealthDataSet(), content, Selection.ALL,
						new MemoryOutput(), Map.of()), JobMonitor.NONE);
			} catch (IOException e) {
				assertNotNull(e.toString());
			} catch (RuntimeException e) {
				throw new AssertionError("mutation " + i + ", seed " + seed, e);
			}
		}
	}
}
