// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.eclipse.core.runtime.RegistryFactory;
import org.junit.jupiter.api.function.Executable;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.PicturePreviewer;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.Extensions;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.Repository;
import org.keepsake.target.local.LocalTargetFactory;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;
import org.keepsake.virtual.fault.Faults;

/** Virtual iPhones, a folder for backups, and the engine between them, all in one folder. */
final class Lab implements AutoCloseable {

	/** The product's, for runs without its extension registry. */
	private static final List<String> DATA_SETS = List.of("people.internal.ContactsDataSet",
			"people.internal.CallsDataSet", "people.internal.VoicemailDataSet", "messages.internal.MessagesDataSet",
			"media.internal.PhotosDataSet", "media.internal.VoiceMemosDataSet", "notes.internal.NotesDataSet",
			"organizer.internal.CalendarDataSet", "organizer.internal.RemindersDataSet",
			"organizer.internal.SafariDataSet", "health.internal.HealthDataSet", "system.internal.WifiDataSet",
			"system.internal.KeychainDataSet", "system.internal.AppsDataSet", "whatsapp.internal.WhatsAppDataSet")
			.stream().map(name -> "org.keepsake.dataset." + name).toList();
	private static final List<String> EXPORTERS = List.of("dataset.people.internal.VCardExporter",
			"dataset.people.internal.AudioExporter", "dataset.messages.internal.HtmlExporter",
			"dataset.messages.internal.PdfExporter", "dataset.messages.internal.TextExporter",
			"dataset.media.internal.PhotoFilesExporter", "dataset.media.internal.VoiceMemoExporter",
			"dataset.notes.internal.NotesMarkdownExporter", "dataset.notes.internal.NotesHtmlExporter",
			"dataset.organizer.internal.ICalExporter", "dataset.organizer.internal.ICalExporter$Single",
			"dataset.organizer.internal.BookmarksExporter", "dataset.health.internal.HealthCsvExporter",
			"dataset.health.internal.HealthXmlExporter", "dataset.health.internal.HealthRoutesExporter",
			"dataset.system.internal.AppFilesExporter", "export.internal.CsvExporter", "export.internal.JsonExporter",
			"export.internal.JsonLinesExporter", "export.internal.TextExporter").stream()
			.map(name -> "org.keepsake." + name).toList();

	private static final String REPOSITORIES = "org.keepsake.target.repository.internal.RepositoryTargetFactory";
	private static final List<String> STORAGES = List
			.of("file.internal.File", "rest.internal.Rest", "s3.internal.S3", "sftp.internal.Sftp", "smb.internal.Smb")
			.stream().map(name -> "org.keepsake.storage." + name + "StorageFactory").toList();

	/** The backup password of every test. */
	static final String PASSWORD = "a backup password";
	/** What opens every test's repository. */
	static final String REPOSITORY_PASSWORD = "a repository's password";

	final Path folder;
	final VirtualIPhones phones;
	final Map<String, String> environment;
	final Keepsake keepsake;
	final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
	final JobControl monitor = new JobControl(events::add);
	private String shelf;
	private Path repository;

	Lab(Path folder, VirtualOptions... devices) throws Exception {
		this(folder, Map.of(), devices);
	}

	private Lab(Path folder, Map<String, String> keys, VirtualOptions... devices) throws Exception {
		this.folder = folder;
		this.repository = folder.resolve("repository");
		this.phones = VirtualIPhones.start(0, List.of(devices));
		String address = "127.0.0.1:" + phones.address().getPort();
		Map<String, String> variables = new HashMap<>(Map.of("USBMUXD_SOCKET_ADDRESS", address, "KEEPSAKE_HOME",
				folder.resolve("home").toString(), "HOME", folder.toString(), "KEEPSAKE_REPOSITORY_PASSWORD",
				REPOSITORY_PASSWORD));
		variables.putAll(keys);
		this.environment = Map.copyOf(variables);
		this.shelf = folder.resolve("backups").toString();
		this.keepsake = engine(environment);
	}

	/** Backups go into a new repository in a folder. */
	Lab withRepository() throws IOException {
		return init("restic:" + repository);
	}

	private Lab init(String location) throws IOException {
		shelf = location;
		keepsake.repositories().init(shelf, InitOptions.DEFAULT).close();
		return this;
	}

	/** Backups go into a new repository in the store, which is a target with these settings. */
	static Lab with(Store store, Map<String, String> settings, Path folder, VirtualOptions... devices)
			throws Exception {
		Lab lab = new Lab(folder, store.environment(), devices);
		lab.repository = store.files();
		lab.keepsake.targets().add("store", store.location(), settings, true);
		return lab.init("store");
	}

	/** The folder of the repository's files. */
	Path repository() {
		return repository;
	}

	/** The repository's packs by their names, with their lengths; files that are none are passed over. */
	Map<String, Long> packs() throws IOException {
		Map<String, Long> packs = new HashMap<>();
		Files.walkFileTree(repository.resolve("data"), new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				String name = file.getFileName().toString();
				if (name.matches("[0-9a-f]{64}")) {
					packs.put(name, attributes.size());
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return packs;
	}

	/** With the registry the contributed parts, as in the product; without it the same ones by their class. */
	static Keepsake engine(Map<String, String> environment) throws Exception {
		if (RegistryFactory.getRegistry() != null) {
			return Keepsake.open(environment);
		}
		Path home = Path.of(environment.get("KEEPSAKE_HOME"));
		TransportFactory usb = (TransportFactory) Class
				.forName("org.keepsake.transport.usb.internal.UsbTransportFactory").getConstructor().newInstance();
		Transport transport = usb.create(new TransportFactory.Context(home, environment));
		return new Keepsake(home, environment, List.of(transport),
				List.of(new LocalTargetFactory(), parts(TargetFactory.class, List.of(REPOSITORIES)).getFirst()),
				new Extensions(parts(DataSet.class, DATA_SETS), parts(Exporter.class, EXPORTERS),
						parts(DrillDeviceFactory.class, List.of("org.keepsake.virtual.internal.drill.VirtualDrill")),
						new Storages(parts(StorageFactory.class, STORAGES)),
						parts(PicturePreviewer.class,
								List.of("org.keepsake.dataset.media.internal.HeicPreviewer")),
						context -> List.of(usb.create(context))));
	}

	private static <T> List<T> parts(Class<T> type, List<String> names) throws Exception {
		List<T> parts = new ArrayList<>();
		for (String name : names) {
			parts.add(type.cast(Class.forName(name).getConstructor().newInstance()));
		}
		return parts;
	}

	/** A small device with quick key derivation. */
	static VirtualOptions device(Path state, long seed, boolean blank) {
		return new VirtualOptions(state, null, null, null, Profile.SMALL, 0, 0, seed, true, Trust.AUTO, blank, true);
	}

	/** A small device with this much payload besides. */
	static VirtualOptions device(Path state, long seed, int files, long bytes) {
		return new VirtualOptions(state, null, null, null, Profile.SMALL, files, bytes, seed, true, Trust.AUTO, false,
				true);
	}

	Udid udid(int index) {
		return new Udid(phones.udids().get(index));
	}

	VirtualFiles files(int index) {
		return phones.files(phones.udids().get(index));
	}

	void faults(int index, String faults) {
		phones.faults(phones.udids().get(index), Faults.parse(faults));
	}

	/** Where another process puts what it calls temporary. */
	Path temporary() {
		return folder.resolve("temporary");
	}

	String shelf() {
		return shelf;
	}

	BackupResult backup(int index, int keepEarlier) throws IOException {
		return keepsake.backup(new BackupRequest(udid(index), shelf(), false, keepEarlier), monitor);
	}

	void encrypt(int index) throws IOException {
		try (Secret password = Secret.of(PASSWORD)) {
			keepsake.changeBackupPassword(udid(index), null, password, monitor);
		}
	}

	List<KeptBackup> versions(int index) throws IOException {
		return keepsake.snapshots(shelf(), udid(index));
	}

	KeptBackup newest(int index) throws IOException {
		return keepsake.find("latest", shelf(), udid(index));
	}

	VerifyReport verify(KeptBackup backup, VerifyLevel level) throws IOException {
		try (Secret password = Secret.of(PASSWORD)) {
			return keepsake.verify(backup, level, backup.snapshot().summary().encrypted() ? password : null, monitor);
		}
	}

	void assertSound(KeptBackup backup, String when) throws IOException {
		VerifyReport report = verify(backup, VerifyLevel.CRYPTO);
		assertEquals(List.of(), report.damaged(), when);
		assertTrue(report.filesChecked() > 0, when);
	}

	/** Our own check reads the whole repository as it is told of by its store; no pack of it is unlisted. */
	void assertStoreSound(String when) throws IOException {
		try (Repository opened = keepsake.repositories().open(shelf)) {
			CheckReport report = opened.check(CheckOptions.READ_DATA, JobMonitor.NONE);
			assertEquals(List.of(), report.findings(), when);
			assertEquals(List.of(), report.hints(), when);
			assertEquals(report.packs(), report.packsRead(), when);
		}
	}

	/** Adds or replaces a file of a person's on the device. */
	void put(int index, String domain, String path, byte[] content) throws IOException {
		VirtualFiles files = files(index);
		VirtualFile old = files.find(domain, path);
		Instant now = Instant.now();
		long inode = old == null ? 900_000_000L + Math.abs((domain + path).hashCode()) : old.inode();
		VirtualFile file = new VirtualFile(domain, path, Kind.FILE, 0644, 501, 501, inode, now, now, now,
				content.length,
				3, null, null);
		files.write(file, new ByteArrayInputStream(content));
	}

	/** Whether a pack is what its name says: a server may show one that is on its way still. */
	boolean isWhole(String pack) {
		try (InputStream in = Files.newInputStream(repository.resolve("data/" + pack.substring(0, 2) + '/' + pack))) {
			return digest(in).equals(pack);
		} catch (IOException e) {
			return false;
		}
	}

	/** New photos in place of those of the last call, so that the device stays as large as it is. */
	void putPhotos(int index, int photos, int bytesEach, Random random) throws IOException {
		for (int photo = 0; photo < photos; photo++) {
			byte[] bytes = new byte[bytesEach + random.nextInt(bytesEach / 10)];
			random.nextBytes(bytes);
			put(index, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_7%03d.JPG".formatted(photo), bytes);
		}
	}

	/** What the device holds: domain and path to kind, and for files size and digest. */
	Map<String, String> content(int index) throws IOException {
		VirtualFiles files = files(index);
		List<VirtualFile> all = new ArrayList<>();
		files.forEach(all::add);
		Map<String, String> content = new TreeMap<>();
		for (VirtualFile file : all) {
			String what = switch (file.kind()) {
				case DIRECTORY -> "directory";
				case LINK -> "link to " + file.linkTarget();
				case FILE -> {
					try (InputStream in = files.open(file)) {
						yield file.sizeBytes() + " " + digest(in);
					}
				}
			};
			content.put(file.domain() + ": " + file.path(), what);
		}
		return content;
	}

	private static String digest(InputStream in) throws IOException {
		try {
			DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
			digest.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.getMessageDigest().digest());
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The files the device holds: domain and path to size and digest. */
	Map<String, String> filesOf(int index) throws IOException {
		Map<String, String> files = content(index);
		files.values().removeIf(what -> what.equals("directory") || what.startsWith("link to "));
		return files;
	}

	/** Those of them that an unencrypted backup of the device holds. */
	Map<String, String> unencryptedFilesOf(int index) throws IOException {
		return unencrypted(filesOf(index));
	}

	/** Content without what an unencrypted backup leaves out. */
	static Map<String, String> unencrypted(Map<String, String> content) {
		Map<String, String> rest = new TreeMap<>(content);
		rest.keySet().removeIf(key -> key.matches("HealthDomain: .+|HomeDomain: Library/(CallHistoryDB.*"
				+ "|Safari/BrowserState.db)|AppDomain-com.apple.mobilesafari: Library/Safari/History.db"
				+ "|SystemPreferencesDomain: .*wifi.*"));
		return rest;
	}

	/** The files a kept backup holds, decrypted: domain and path to size and digest. */
	Map<String, String> filesOf(KeptBackup kept) throws IOException {
		Map<String, String> files = new TreeMap<>();
		try (Backup backup = keepsake.open(kept); Secret password = Secret.of(PASSWORD)) {
			backup.unlock(password, monitor);
			backup.forEach(FileFilter.ALL, file -> {
				if (file.kind() == BackupFile.Kind.FILE) {
					try (InputStream in = backup.read(file)) {
						files.put(file.domain() + ": " + file.path(), file.sizeBytes() + " " + digest(in));
					}
				}
				return true;
			});
		}
		return files;
	}

	/** Every file below the folder with its content's digest, but for the folders in it that live on. */
	static Map<String, String> folderContent(Path folder, Path... living) throws IOException {
		Map<String, String> content = new TreeMap<>();
		if (!Files.exists(folder)) {
			return content;
		}
		Set<Path> passedOver = Set.of(living);
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
				return passedOver.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (attributes.isRegularFile()) {
					try (InputStream in = Files.newInputStream(file)) {
						content.put(folder.relativize(file).toString(), digest(in));
					}
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return content;
	}

	static Problem problemOf(Executable executable) {
		return assertThrows(ProblemException.class, executable).problem();
	}

	@Override
	public void close() {
		keepsake.close();
		phones.close();
	}
}
