// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.health.HealthSample.Kind;
import org.keepsake.dataset.health.HealthSample.Workout;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.MemoryOutput;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

class HealthDataSetTest extends DataSetContract {

	private int readings;

	@Override
	protected DataSet dataSet() {
		return new HealthDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("9.3", 4, HealthSamples::samples9),
				new Generation("13.5", 6, HealthSamples::samples13),
				new Generation("17.5", 5, HealthSamples::samples17),
				new Generation("13.6", 9, HealthSamples::routes13), new Generation("17.6", 8, HealthSamples::routes17),
				new Generation("26.1", 8, HealthSamples::routes26));
	}

	private FolderContent content(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("content" + ++readings), new IosVersion("17.5"),
				true);
		filler.fill(content);
		return content;
	}

	private List<HealthSample> samples(Filler filler) throws Exception {
		List<HealthSample> samples = new ArrayList<>();
		dataSet().read(content(filler), Selection.ALL, entry -> samples.add((HealthSample) entry), JobMonitor.NONE);
		return samples;
	}

	private MemoryOutput export(Exporter exporter, Filler filler, int written) throws Exception {
		MemoryOutput files = new MemoryOutput();
		assertTrue(exporter.accepts(dataSet()));
		ExportReport report = exporter.export(
				new ExportRequest(dataSet(), content(filler), Selection.ALL, files, Map.of()), JobMonitor.NONE);
		assertEquals(written, report.recordsWritten());
		assertEquals(files.paths().size(), report.filesWritten());
		return files;
	}

	@Test
	void readsQuantitiesInTheUnitThatIsShown() throws Exception {
		List<HealthSample> samples = samples(HealthSamples::samples13);
		HealthSample steps = samples.get(0);
		assertEquals("00112233-4455-6677-8899-AABBCCDDEEFF", steps.key());
		assertEquals("HKQuantityTypeIdentifierStepCount", steps.type());
		assertEquals(120.0, steps.value());
		assertEquals("count", steps.unit());
		assertEquals(Instant.parse("2020-01-06T10:40:00Z"), steps.start());
		assertEquals(Instant.parse("2020-01-06T10:41:00.500Z"), steps.end());
		assertEquals("Ada's \"iPhone\"", steps.source());
		assertEquals("Europe/Berlin", steps.timeZone());
		HealthSample heart = samples.get(1);
		assertEquals(72.0, heart.value());
		assertEquals("count/min", heart.unit());
		assertEquals("Heart rate: 72 count/min", heart.headline());
		assertEquals("name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,1, software:10.5",
				heart.device());
		assertEquals(Map.of("HKWasUserEntered", "1"), heart.metadata());
	}

	@Test
	void namesTheValuesOfCategories() throws Exception {
		List<HealthSample> samples = samples(HealthSamples::samples13);
		assertEquals("HKCategoryValueSleepAnalysisAsleepREM", samples.get(2).valueName());
		assertEquals("Sleep analysis: AsleepREM", samples.get(2).headline());
		assertEquals("HKCategoryValueSeverityModerate", samples.get(3).valueName());
		assertEquals("Headache: Moderate", samples.get(3).headline());
		assertEquals(Map.of("Note <&>", "x\"<y>"), samples.get(3).metadata());
	}

	@Test
	void namesTypesThatNobodyKnowsByNumber() throws Exception {
		List<HealthSample> samples = samples(HealthSamples::samples13);
		assertEquals("DataType 9999", samples.get(4).type());
		assertEquals("Type 9999", samples.get(4).name());
		assertEquals(5.5, samples.get(4).value());
		assertEquals("mmol/L", samples.get(4).unit());
		assertEquals(Kind.OTHER, samples.get(5).kind());
	}

	@Test
	void readsWorkoutsOfBothGenerations() throws Exception {
		HealthSample old = samples(HealthSamples::samples9).getLast();
		assertEquals("HKWorkoutActivityTypeCycling", old.type());
		assertEquals(new Workout("Cycling", 3500, 10_200.0, 310.5, 80.0, 1, List.of()), old.workout());
		List<HealthSample> newer = samples(HealthSamples::samples17);
		assertEquals(new Workout("SwimBikeRun", 3400, 5750.0, 300.5, null, 2, List.of()), newer.get(3).workout());
		assertEquals("Swim bike run: 57 min", newer.get(3).headline());
		assertEquals(Map.of("HKTimeZone", "America/New_York", "HKAverageMETs", "7.5 kcal/hr·kg"),
				newer.get(3).metadata());
		assertEquals(new Workout("Running", 1800, 5200.0, null, 40.0, 1, List.of()), newer.get(4).workout());
	}

	@Test
	void leavesOutWhatIsDeleted() throws Exception {
		assertTrue(samples(HealthSamples::samples17).stream().noneMatch(sample -> Objects.equals(9.0, sample.value())));
	}

	@Test
	void doesWithoutTheDatabaseOfSources() throws Exception {
		HealthSample heart = samples(HealthSamples::samples9).get(1);
		assertEquals("", heart.source());
		assertEquals("hardware:Watch6,1", heart.device());
		FolderContent content = content(HealthSamples::samples17);
		content.put(HealthSamples.DOMAIN, "Health/healthdb.sqlite", "broken".repeat(500));
		int[] count = new int[1];
		dataSet().read(content, Selection.ALL, _ -> ++count[0] > 0, JobMonitor.NONE);
		assertEquals(5, count[0]);
	}

	@Test
	void countsByTheme() throws Exception {
		assertEquals(Map.of("activity", 1L, "heart", 1L, "sleep", 1L, "workouts", 2L),
				dataSet().survey(content(HealthSamples::samples17), JobMonitor.NONE).parts());
	}

	@Test
	void everyKnownTypeIsWellFormed() {
		int known = 0;
		for (long number = 0; number < 1000; number++) {
			HealthTypes.Type type = HealthTypes.type(number);
			assertFalse(HealthTypes.theme(type).isBlank());
			assertFalse(type.name().isBlank());
			if (type.kind() == Kind.QUANTITY) {
				assertFalse(type.unit().isEmpty(), type::identifier);
				assertTrue(type.factor() > 0, type::identifier);
			}
			known += type.identifier().startsWith("DataType") ? 0 : 1;
		}
		assertEquals(182, known);
		assertEquals("HKCategoryValueNotApplicable", HealthTypes.value(HealthTypes.type(99), 0));
		assertEquals("", HealthTypes.value(HealthTypes.type(63), 77));
		assertEquals("Type4711", HealthTypes.activity(4711));
	}

	@Test
	void writesAFileForEachType() throws Exception {
		MemoryOutput files = export(new HealthCsvExporter(), HealthSamples::samples17, 5);
		assertEquals(Set.of("Quantities/Step count.csv", "Quantities/Heart rate.csv", "Categories/Sleep analysis.csv",
				"Workouts.csv"), files.paths());
		assertEquals(
				"""
						start,end,type,value,unit,valueName,source,sourceVersion,device,timeZone,created,metadata,key\r
						2020-01-06T10:40:00Z,2020-01-06T10:41:00.500Z,HKQuantityTypeIdentifierStepCount,120,count,,"Ada's ""iPhone""\",17.5,\
						"name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone15,2, software:17.5",Europe/Berlin,\
						2020-01-06T10:41:40Z,,00112233-4455-6677-8899-AABBCCDDEEFF\r
						""",
				files.text("Quantities/Step count.csv"));
		assertTrue(files.text("Workouts.csv").contains(",SwimBikeRun,3400,5750,300.5,,"), files.text("Workouts.csv"));
	}

	@Test
	void writesWhatTheAppHealthWouldAndItsOwnDefinitionHolds() throws Exception {
		MemoryOutput files = export(new HealthXmlExporter(), HealthSamples::samples17, 5);
		Document document = validated(files.bytes("export.xml"));
		Element steps = (Element) document.getElementsByTagName("Record").item(0);
		assertEquals("HKQuantityTypeIdentifierStepCount", steps.getAttribute("type"));
		assertEquals("120", steps.getAttribute("value"));
		assertEquals("2020-01-06 11:40:00 +0100", steps.getAttribute("startDate"));
		assertEquals("Ada's \"iPhone\"", steps.getAttribute("sourceName"));
		Element workout = (Element) document.getElementsByTagName("Workout").item(0);
		assertEquals("HKWorkoutActivityTypeSwimBikeRun", workout.getAttribute("workoutActivityType"));
		assertEquals("56.66666667", workout.getAttribute("duration"));
		assertEquals("5.75", workout.getAttribute("totalDistance"));
		assertEquals("2023-03-08 15:26:40 -0500", workout.getAttribute("startDate"));
		assertEquals(2, workout.getElementsByTagName("MetadataEntry").getLength());
		Element sleep = (Element) document.getElementsByTagName("Record").item(2);
		assertEquals("HKCategoryValueSleepAnalysisAsleepREM", sleep.getAttribute("value"));
		assertFalse(sleep.hasAttribute("unit"));
	}

	@Test
	void leavesOutOfTheFormWhatItDoesNotHold() throws Exception {
		MemoryOutput files = export(new HealthXmlExporter(), HealthSamples::samples13, 5);
		Document document = validated(files.bytes("export.xml"));
		Element note = (Element) document.getElementsByTagName("MetadataEntry").item(1);
		assertEquals("Note <&>", note.getAttribute("key"));
		assertEquals("x\"<y>", note.getAttribute("value"));
		assertNull(document.getElementsByTagName("Workout").item(0));
	}

	static Document validated(byte[] xml) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
		factory.setValidating(true);
		DocumentBuilder builder = factory.newDocumentBuilder();
		builder.setErrorHandler(new ErrorHandler() {
			@Override
			public void warning(SAXParseException e) throws SAXParseException {
				throw e;
			}

			@Override
			public void error(SAXParseException e) throws SAXParseException {
				throw e;
			}

			@Override
			public void fatalError(SAXParseException e) throws SAXParseException {
				throw e;
			}
		});
		return builder.parse(new ByteArrayInputStream(xml));
	}
}
