// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule finds the house that breaks it. */
class HouseRulesTest {

	private static final String RANGE = ";version=\"[0.1.0,0.2.0)\"";

	@TempDir
	Path folder;
	SmallHouse house;

	@BeforeEach
	void build() throws IOException {
		house = new SmallHouse(folder);
		house.room("core");
	}

	private void finds(String... sentences) throws IOException {
		assertEquals(List.of(sentences), house.violations());
	}

	@Test
	void isContentWithAHouseInOrder() throws IOException {
		house.room("ios.protocol", "Import-Package: org.keepsake.core" + RANGE);
		house.room("engine", "Import-Package: org.keepsake.ios.protocol" + RANGE + ",\n org.keepsake.core" + RANGE);
		finds();
	}

	@Nested
	class OfArrows {

		@ParameterizedTest
		@CsvSource({ "core,engine", "ios.protocol,ios.backup", "ios.backup,ios.protocol", "virtual,ios.protocol",
				"virtual,ios.backup", "virtual,engine", "ios.backup,virtual", "engine,virtual", "engine,transport.usb",
				"engine,target.local", "engine,cli", "ui,virtual", "transport.usb,target.local", "testing,engine" })
		void findsAnArrowUpwardsOrSideways(String from, String to) throws IOException {
			house.room(to);
			house.room(from, "Import-Package: org.keepsake." + to + RANGE);
			List<String> found = house.violations();
			assertEquals("org.keepsake." + from + " must not know org.keepsake." + to, found.getFirst());
		}

		@Test
		void findsARequiredBundleToo() throws IOException {
			house.room("virtual");
			house.room("ui", "Require-Bundle: org.keepsake.virtual;bundle-version=\"[0.1.0,0.2.0)\"");
			finds("org.keepsake.ui must not know org.keepsake.virtual");
		}

		@Test
		void findsAPackageThatNobodyExports() throws IOException {
			house.room("engine", "Import-Package: org.keepsake.secret" + RANGE);
			finds("org.keepsake.engine must not know whoever should export org.keepsake.secret");
		}

		@Test
		void findsABundleThatIsNotInTheTable() throws IOException {
			house.room("misc");
			finds("org.keepsake.misc is not in the table of arrows");
		}

		@ParameterizedTest
		@CsvSource({ "org.osgi.framework", "org.eclipse.core.runtime", "org.slf4j" })
		void findsACoreThatNeedsMoreThanTheJdk(String imported) throws IOException {
			house.room("core", "Import-Package: " + imported);
			finds("org.keepsake.core needs nothing but the JDK, yet imports " + imported);
		}

		@Test
		void findsAWindowInACoreBundle() throws IOException {
			house.room("core", "Import-Package: org.eclipse.swt.widgets");
			finds("org.keepsake.core needs nothing but the JDK, yet imports org.eclipse.swt.widgets",
					"org.keepsake.core must not use org.eclipse.swt.widgets, which is for [ui]");
		}

		@ParameterizedTest
		@CsvSource({ "engine,org.eclipse.swt.widgets,[ui]", "ui,org.eclipse.ui.part,[]", "engine,picocli,[cli]",
				"cli,org.sqlite.core,IGNORED" })
		void findsALibraryInTheWrongRoom(String room, String imported, String homes) throws IOException {
			house.room(room, "Import-Package: " + imported);
			List<String> found = house.violations();
			assertEquals(1, found.size());
			assertEquals(true, found.getFirst().startsWith(
					"org.keepsake." + room + " must not use " + imported + ", which is for "
							+ (homes.equals("IGNORED") ? "" : homes)),
					found::toString);
		}
	}

	@Nested
	class OfManifests {

		private static final String MANIFEST = "org.keepsake.core/META-INF/MANIFEST.MF";

		@ParameterizedTest
		@CsvSource(delimiter = '|', value = {
				"Environment: JavaSE-25 | Environment: JavaSE-21 | does not require JavaSE-25",
				"Bundle-RequiredExecutionEnvironment: JavaSE-25 | X-None: 1 | does not require JavaSE-25",
				"Module-Name: org.keepsake.core | Module-Name: org.keepsake | Automatic-Module-Name is not the symbolic name",
				"Bundle-Version: 0.1.0.qualifier | Bundle-Activator: A | has an activator",
				"Bundle-Version: 0.1.0.qualifier | Require-Bundle: a;bundle-version=\"[1.0.0,2.0.0)\" | requires bundles; import packages",
				";version=\"0.1.0\" | '' | exports org.keepsake.core without a version",
				";version=\"0.1.0\" | ;version=\"0.1.0\";x-friends:=\"a\" | exports org.keepsake.core to some only",
				"Export-Package: org.keepsake.core; | Export-Package: org.keepsake.core.gone;version=\"0.1.0\",org.keepsake.core; | exports org.keepsake.core.gone, which has no source" })
		void findsWhatAManifestMustNotSay(String from, String to, String sentence) throws IOException {
			house.change(MANIFEST, from, to);
			List<String> found = house.violations();
			assertEquals(true, found.contains("org.keepsake.core: " + sentence), found::toString);
		}

		@Test
		void findsAnExportedInternalPackage() throws IOException {
			house.packageInfo("org.keepsake.core", "org.keepsake.core.internal.deep");
			house.change(MANIFEST, "Export-Package: ",
					"Export-Package: org.keepsake.core.internal.deep;version=\"0.1.0\",");
			finds("org.keepsake.core: exports the internal package org.keepsake.core.internal.deep");
		}

		@Test
		void findsAFolderOfAnotherName() throws IOException {
			house.change(MANIFEST, "SymbolicName: org.keepsake.core", "SymbolicName: org.keepsake.launcher");
			finds("org.keepsake.core: the symbolic name is org.keepsake.launcher");
		}

		@Test
		void findsAnImportOfOursWithoutARange() throws IOException {
			house.room("engine", "Import-Package: org.keepsake.core;version=\"0.1.0\"");
			finds("org.keepsake.engine: imports org.keepsake.core without a range of versions");
		}

		@Test
		void findsAWindowThatRequiresWithoutARangeOrReExports() throws IOException {
			house.room("ui", "Require-Bundle: org.eclipse.swt;visibility:=reexport");
			finds("org.keepsake.ui: requires org.eclipse.swt without a range of versions",
					"org.keepsake.ui: re-exports org.eclipse.swt");
		}
	}

	@Nested
	class OfPackages {

		@Test
		void findsAPackageWithoutInfo() throws IOException {
			Files.delete(folder.resolve("org.keepsake.core/src/org/keepsake/core/package-info.java"));
			house.write("org.keepsake.core/src/org/keepsake/core/A.java", header() + "package org.keepsake.core;\n");
			finds("org.keepsake.core: the package org.keepsake.core has no package-info");
		}

		@Test
		void findsAPackageWhereNullIsAllowedByDefault() throws IOException {
			house.change("org.keepsake.core/src/org/keepsake/core/package-info.java", "@NonNullByDefault\n", "");
			finds("org.keepsake.core: the package org.keepsake.core is not @NonNullByDefault");
		}

		@Test
		void findsAPackageNeitherExportedNorInternal() throws IOException {
			house.packageInfo("org.keepsake.core", "org.keepsake.core.more");
			finds("org.keepsake.core: the package org.keepsake.core.more is neither exported nor internal");
		}

		@Test
		void findsAPackageOfAnotherName() throws IOException {
			house.packageInfo("org.keepsake.core", "org.example.internal");
			finds("org.keepsake.core: the package org.example.internal does not begin with the bundle's name");
		}

		@Test
		void findsASourceWithoutLicence() throws IOException {
			house.write("org.keepsake.core/src/org/keepsake/core/A.java", "package org.keepsake.core;\n");
			finds("org.keepsake.core: A.java does not begin with the licence's two lines");
		}

		@Test
		void findsAStarImport() throws IOException {
			house.write("org.keepsake.core/src/org/keepsake/core/A.java",
					header() + "package org.keepsake.core;\nimport java.util.*;\n");
			finds("org.keepsake.core: A.java has a star import");
		}

		@ParameterizedTest
		@ValueSource(strings = { "import javax.crypto.Cipher;", "import static javax.crypto.Cipher.getInstance;",
				"class A { javax.crypto.Cipher cipher; }", "import javax.crypto.Cipher.Nested;" })
		void findsAPackageThatIsUsedAndNotImported(String line) throws IOException {
			house.write("org.keepsake.core/src/org/keepsake/core/A.java",
					header() + "package org.keepsake.core;\n" + line + "\n");
			finds("org.keepsake.core: uses javax.crypto without importing it");
		}

		private String header() {
			return "// SPDX-FileCopyrightText: The Keepsake contributors\n// SPDX-License-Identifier: EPL-2.0\n";
		}
	}

	@Nested
	class OfExtensions {

		private static final String PLUGIN = "org.keepsake.core/plugin.xml";
		private static final String SCHEMA = "org.keepsake.core/schema/shelves.exsd";

		@BeforeEach
		void offerAPoint() throws IOException {
			house.write(PLUGIN, """
					<plugin>
					  <extension-point id="shelves" name="%shelves" schema="schema/shelves.exsd"/>
					</plugin>
					""");
			house.write("org.keepsake.core/OSGI-INF/l10n/bundle.properties", "shelves=Shelves\n");
			house.change("org.keepsake.core/build.properties", "schema/", "schema/,OSGI-INF/");
			house.write(SCHEMA, SHELVES);
		}

		@Test
		void isContentWithAPointInOrder() throws IOException {
			finds();
		}

		@Test
		void findsAPointWithoutSchema() throws IOException {
			house.change(PLUGIN, " schema=\"schema/shelves.exsd\"", "");
			finds("org.keepsake.core: the extension point shelves has no schema");
		}

		@Test
		void findsATextThatIsNowhere() throws IOException {
			house.change(PLUGIN, "%shelves", "%gone");
			finds("org.keepsake.core: plugin.xml names the text %gone, which is nowhere");
		}

		@Test
		void findsAClassThatIsNowhere() throws IOException {
			house.change(PLUGIN, "</plugin>",
					"<extension point=\"a\"><shelf class=\"org.keepsake.core.internal.Gone\"/></extension></plugin>");
			finds("org.keepsake.core: plugin.xml names the class org.keepsake.core.internal.Gone, which is not in its sources");
		}

		@Test
		void findsAModelsClassThatIsNowhere() throws IOException {
			house.write("org.keepsake.core/fragment.e4xmi",
					"<a contributionURI=\"bundleclass://org.keepsake.core/org.keepsake.core.internal.Part\"/>");
			finds("org.keepsake.core: fragment.e4xmi names the class org.keepsake.core.internal.Part, which is not in its sources");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', value = {
				"plugin=\"org.keepsake.core\" | plugin=\"org.keepsake\" | does not say whose it is: plugin org.keepsake.core, id shelves",
				"type=\"examples\" | type=\"other\" | lacks the section examples",
				"Where a shelf stands, for a person. | [Enter the text] | 'has an empty or unfilled text: \"[Enter the text]\"'",
				"Where a shelf stands, for a person. | '' | 'has an empty or unfilled text: \"\"'",
				"basedOn=\":org.keepsake.core.Shelf\" | '' | has a class without basedOn",
				"<documentation>The factory of the shelf.</documentation> | '' | does not describe the attribute class" })
		void findsAnUnfinishedSchema(String from, String to, String sentence) throws IOException {
			house.change(SCHEMA, from, to);
			finds("org.keepsake.core: shelves.exsd " + sentence);
		}

		@Test
		void findsWhatIsNotShipped() throws IOException {
			house.change("org.keepsake.core/build.properties", ",plugin.xml", "");
			finds("org.keepsake.core: plugin.xml is not in bin.includes");
		}

		private static final String SHELVES = """
				<schema targetNamespace="org.keepsake.core" xmlns="http://www.w3.org/2001/XMLSchema">
				  <annotation>
				    <appinfo><meta.schema plugin="org.keepsake.core" id="shelves" name="Shelves"/></appinfo>
				    <documentation>Where things are put; contributed by whoever has a place for them.</documentation>
				  </annotation>
				  <element name="shelf">
				    <complexType>
				      <attribute name="place" type="string">
				        <annotation><documentation>Where a shelf stands, for a person.</documentation></annotation>
				      </attribute>
				      <attribute name="class" type="string">
				        <annotation>
				          <appinfo><meta.attribute kind="java" basedOn=":org.keepsake.core.Shelf"/></appinfo>
				          <documentation>The factory of the shelf.</documentation>
				        </annotation>
				      </attribute>
				    </complexType>
				  </element>
				  <annotation>
				    <appinfo><meta.section type="since"/></appinfo>
				    <documentation>0.1.0</documentation>
				  </annotation>
				  <annotation>
				    <appinfo><meta.section type="examples"/></appinfo>
				    <documentation>An extension with one shelf, as the example plug-in has it.</documentation>
				  </annotation>
				  <annotation>
				    <appinfo><meta.section type="apiinfo"/></appinfo>
				    <documentation>The class implements Shelf and is made once, on first use.</documentation>
				  </annotation>
				  <annotation>
				    <appinfo><meta.section type="implementation"/></appinfo>
				    <documentation>Keepsake itself brings one shelf, which stands in the hall.</documentation>
				  </annotation>
				</schema>
				""";
	}

	@Nested
	class OfContracts {

		private static final String TEST = "org.keepsake.core.tests/src/org/keepsake/core/internal/CsvTest.java";

		@BeforeEach
		void contributeAFormat() throws IOException {
			house.write("org.keepsake.core/plugin.xml",
					"<plugin><exporter class=\"org.keepsake.core.internal.Csv$Single\"/></plugin>");
			house.room("core.tests");
			house.write(TEST, """
					package org.keepsake.core.internal;
					class CsvTest extends ExporterContract {
						@Override
						protected Exporter exporter() {
							return new Csv.Single();
						}
					}
					""");
		}

		@Test
		void isContentWithAFormatThatIsHeldToItsContract() throws IOException {
			assertEquals(List.of(), Contracts.untested(folder, folder, "Exporter"));
		}

		@ParameterizedTest
		@CsvSource({ "extends ExporterContract,extends Object", "new Csv.Single,new Csv",
				"Exporter exporter,Exporter other",
				"package org.keepsake.core.internal,package org.keepsake.core.other" })
		void findsAFormatThatNoTestHoldsToIt(String from, String to) throws IOException {
			house.change(TEST, from, to);
			assertEquals(
					List.of("org.keepsake.core: no test holds org.keepsake.core.internal.Csv$Single to the ExporterContract"),
					Contracts.untested(folder, folder, "Exporter"));
		}
	}
}
