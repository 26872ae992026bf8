// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.media.internal.Albums.Membership;
import org.keepsake.dataset.media.internal.Photo.Availability;
import org.keepsake.dataset.media.internal.Photo.Kind;
import org.keepsake.dataset.media.internal.Photo.Place;
import org.keepsake.dataset.media.internal.Photo.Source;

/**
 * The index of the photo library, {@code Photos.sqlite}: {@code ZASSET} since iOS 14, {@code ZGENERICASSET} before.
 *
 * <p>
 * Columns and their values: iLEAPP, {@code scripts/artifacts/Ph*.py} and {@code photosMetadata.py}.
 */
final class PhotoLibrary implements Closeable {

	static final String PATH = "Media/PhotoData/Photos.sqlite";

	private static final String ADDITIONAL = "ZADDITIONALASSETATTRIBUTES";
	private static final String DESCRIPTION = "ZASSETDESCRIPTION";
	private static final long SHARED = 4;
	private static final long ICLOUD = 6;
	private static final long SYNDICATED = 12;
	private static final long VIDEO = 1;
	private static final int MAX_OFFSET_SECONDS = 18 * 3600;

	private final Tables tables;
	private final String assets;
	private final PhotoFiles files;

	private PhotoLibrary(Tables tables, String assets, BackupContent content) {
		this.tables = tables;
		this.assets = assets;
		files = new PhotoFiles(content);
	}

	/** Opens it; null if the backup has none, or if it lists no photos as Keepsake knows it. */
	static @Nullable PhotoLibrary open(BackupContent content) throws IOException {
		Optional<ContentFile> file = content.find(PhotoFiles.DOMAIN, PATH);
		if (file.isEmpty()) {
			return null;
		}
		Tables tables = Tables.open(content, file.get());
		PhotoLibrary library = null;
		try {
			for (String table : List.of("ZASSET", "ZGENERICASSET")) {
				if (library == null && tables.has(table, "ZFILENAME")) {
					library = new PhotoLibrary(tables, table, content);
				}
			}
			return library;
		} finally {
			if (library == null) {
				tables.close();
			}
		}
	}

	@Override
	public void close() throws IOException {
		tables.close();
	}

	Survey survey(JobMonitor monitor) throws IOException {
		String date = tables.has(assets, "ZDATECREATED") ? "NULLIF(ZDATECREATED, 0)" : "NULL";
		List<Survey> found = new ArrayList<>();
		tables.query("SELECT COUNT(*) AS count, MIN(" + date + ") AS first, MAX(" + date + ") AS last FROM " + assets
				+ " WHERE ZFILENAME IS NOT NULL", List.of(),
				row -> found.add(Survey.present(row.integer("count"), row.cocoa("first"), row.cocoa("last"))));
		return count(found.getFirst(), monitor);
	}

	/** Looks which originals are there: the index alone does not tell. */
	private Survey count(Survey found, JobMonitor monitor) throws IOException {
		long[] counts = new long[Counted.values().length];
		tables.query("SELECT " + tables.columns(assets, "a", "ZDIRECTORY", "ZFILENAME", "ZKIND", "ZTRASHEDSTATE",
				"ZHIDDEN", "ZCLOUDLOCALSTATE", "ZSAVEDASSETTYPE") + " FROM " + assets
				+ " a WHERE ZFILENAME IS NOT NULL", List.of(), row -> {
					monitor.throwIfCancelled();
					boolean here = files.has(relative(row));
					boolean cloud = !here && availability(row, false) == Availability.ICLOUD_ONLY;
					counts[(row.integer("ZKIND") == VIDEO ? Counted.VIDEOS : Counted.PHOTOS).ordinal()] += here ? 1 : 0;
					counts[Counted.CLOUD.ordinal()] += cloud ? 1 : 0;
					counts[Counted.MISSING.ordinal()] += here || cloud ? 0 : 1;
					counts[Counted.DELETED.ordinal()] += row.flag("ZTRASHEDSTATE") ? 1 : 0;
					counts[Counted.HIDDEN.ordinal()] += row.flag("ZHIDDEN") ? 1 : 0;
					return true;
				});
		List<String> remarks = new ArrayList<>();
		for (Counted counted : Counted.values()) {
			if (!counted.remark.isEmpty() && counts[counted.ordinal()] > 0) {
				remarks.add(counted.remark.formatted(counts[counted.ordinal()]));
			}
		}
		return found
				.withParts(PhotosDataSet.parts(counts[Counted.PHOTOS.ordinal()], counts[Counted.VIDEOS.ordinal()],
						counts[Counted.CLOUD.ordinal()] + counts[Counted.MISSING.ordinal()]))
				.withRemarks(remarks);
	}

	/** What is counted, and how it is told. */
	private enum Counted {
		PHOTOS(""),
		VIDEOS(""),
		CLOUD("Originals that are in iCloud only and not in this backup: %d."),
		MISSING("Originals that are missing from this backup: %d."),
		DELETED("Recently deleted among them: %d."),
		HIDDEN("Hidden among them: %d.");

		private final String remark;

		Counted(String remark) {
			this.remark = remark;
		}
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		Albums albums = Albums.of(tables);
		tables.query(select(albums.membership()), List.of(), row -> {
			monitor.throwIfCancelled();
			return visitor.visit(photo(row, albums));
		});
	}

	private String select(@Nullable Membership membership) throws IOException {
		StringBuilder list = new StringBuilder("SELECT a.Z_PK AS Z_PK, ").append(tables.columns(assets, "a", "ZUUID",
				"ZDIRECTORY", "ZFILENAME", "ZDATECREATED", "ZADDEDDATE", "ZTRASHEDSTATE", "ZTRASHEDDATE", "ZKIND",
				"ZKINDSUBTYPE", "ZPLAYBACKSTYLE", "ZDURATION", "ZWIDTH", "ZHEIGHT", "ZLATITUDE", "ZLONGITUDE",
				"ZFAVORITE", "ZHIDDEN", "ZHASADJUSTMENTS", "ZADJUSTMENTSSTATE", "ZSAVEDASSETTYPE", "ZCLOUDLOCALSTATE",
				"ZAVALANCHEUUID"));
		StringBuilder from = new StringBuilder(" FROM ").append(assets).append(" a");
		list.append(", ").append(
				tables.columns(ADDITIONAL, "x", "ZORIGINALFILENAME", "ZTIMEZONENAME", "ZTIMEZONEOFFSET", "ZTITLE"));
		boolean additional = tables.has(ADDITIONAL);
		if (additional) {
			from.append(" LEFT JOIN ZADDITIONALASSETATTRIBUTES x ON x.Z_PK = ").append(additionalKey());
		}
		boolean described = additional && tables.has(ADDITIONAL, DESCRIPTION)
				&& tables.has(DESCRIPTION, "ZLONGDESCRIPTION");
		if (described) {
			from.append(" LEFT JOIN ZASSETDESCRIPTION d ON d.Z_PK = x.ZASSETDESCRIPTION");
		}
		list.append(described ? ", d.ZLONGDESCRIPTION" : ", NULL").append(" AS caption");
		if (membership == null) {
			list.append(", NULL AS albums");
		} else {
			list.append(", m.albums AS albums");
			from.append(" LEFT JOIN (SELECT %3$s AS asset, group_concat(%2$s) AS albums FROM %1$s GROUP BY %3$s) m"
					.formatted(membership.table(), membership.albums(), membership.assets()))
					.append(" ON m.asset = a.Z_PK");
		}
		from.append(" WHERE a.ZFILENAME IS NOT NULL ORDER BY ");
		return list.append(from).append(tables.has(assets, "ZDATECREATED") ? "a.ZDATECREATED, a.Z_PK" : "a.Z_PK")
				.toString();
	}

	/** Both point at each other, but old rows only in one direction. */
	private String additionalKey() throws IOException {
		String back = "(SELECT MIN(b.Z_PK) FROM ZADDITIONALASSETATTRIBUTES b WHERE b.ZASSET = a.Z_PK)";
		if (!tables.has(assets, "ZADDITIONALATTRIBUTES")) {
			return tables.has(ADDITIONAL, "ZASSET") ? back : "NULL";
		}
		return tables.has(ADDITIONAL, "ZASSET") ? "COALESCE(a.ZADDITIONALATTRIBUTES, " + back + ')'
				: "a.ZADDITIONALATTRIBUTES";
	}

	private static String relative(Row row) throws SQLException {
		String directory = row.textOrEmpty("ZDIRECTORY");
		String name = row.textOrEmpty("ZFILENAME");
		return directory.isEmpty() ? name : directory + '/' + name;
	}

	private Photo photo(Row row, Albums albums) throws IOException, SQLException {
		String relative = relative(row);
		Kind kind = kind(row);
		boolean edited = row.flag("ZHASADJUSTMENTS") || row.flag("ZADJUSTMENTSSTATE");
		List<PhotoFile> all = files.of(relative, kind == Kind.LIVE_PHOTO, edited);
		Number seconds = row.number("ZTIMEZONEOFFSET");
		String uuid = row.textOrEmpty("ZUUID");
		@Nullable
		Instant deletedAt = row.flag("ZTRASHEDSTATE") ? row.cocoa("ZTRASHEDDATE") : null;
		return new Photo(uuid.isEmpty() ? relative : uuid, row.textOrEmpty("ZFILENAME"),
				row.textOrEmpty("ZORIGINALFILENAME"), kind, row.cocoa("ZDATECREATED"), offset(seconds),
				row.textOrEmpty("ZTIMEZONENAME"), row.cocoa("ZADDEDDATE"), place(row), row.integer("ZWIDTH"),
				row.integer("ZHEIGHT"), duration(row.real("ZDURATION")), row.flag("ZFAVORITE"), row.flag("ZHIDDEN"),
				row.flag("ZTRASHEDSTATE"), deletedAt, edited, row.textOrEmpty("ZAVALANCHEUUID"),
				albums.named(row.textOrEmpty("albums")), row.textOrEmpty("ZTITLE"), row.textOrEmpty("caption"),
				source(row), availability(row, all.getFirst().file().present()), all);
	}

	private static Availability availability(Row row, boolean here) throws SQLException {
		if (here) {
			return Availability.HERE;
		}
		long saved = row.integer("ZSAVEDASSETTYPE");
		return row.flag("ZCLOUDLOCALSTATE") || saved == ICLOUD || saved == SHARED ? Availability.ICLOUD_ONLY
				: Availability.MISSING;
	}

	private static Source source(Row row) throws SQLException {
		long saved = row.integer("ZSAVEDASSETTYPE");
		return saved == SHARED ? Source.SHARED_ALBUM
				: saved == ICLOUD ? Source.ICLOUD : saved == SYNDICATED ? Source.SHARED_WITH_YOU : Source.DEVICE;
	}

	private static Kind kind(Row row) throws SQLException {
		int subtype = (int) row.integer("ZKINDSUBTYPE");
		long style = row.integer("ZPLAYBACKSTYLE");
		if (row.integer("ZKIND") == VIDEO) {
			return switch (subtype) {
				case 101 -> Kind.SLOW_MOTION;
				case 102 -> Kind.TIME_LAPSE;
				case 103 -> Kind.SCREEN_RECORDING;
				default -> Kind.VIDEO;
			};
		}
		return switch (subtype) {
			case 1 -> Kind.PANORAMA;
			case 2 -> Kind.LIVE_PHOTO;
			case 10 -> Kind.SCREENSHOT;
			// A Live Photo that plays as a loop is one of its effects.
			default -> style == 3 || style == 5 ? Kind.LIVE_PHOTO : style == 2 ? Kind.ANIMATION : Kind.PHOTO;
		};
	}

	private static @Nullable Place place(Row row) throws SQLException {
		Number latitude = row.number("ZLATITUDE");
		Number longitude = row.number("ZLONGITUDE");
		if (latitude == null || longitude == null) {
			return null;
		}
		Place place = new Place(latitude.doubleValue(), longitude.doubleValue());
		// -180 stands for none in both.
		return Math.abs(place.latitude()) <= 90 && Math.abs(place.longitude()) <= 180 ? place : null;
	}

	private static @Nullable ZoneOffset offset(@Nullable Number seconds) {
		return seconds == null || Math.abs(seconds.longValue()) > MAX_OFFSET_SECONDS ? null
				: ZoneOffset.ofTotalSeconds(seconds.intValue());
	}

	/** @return null for nothing, and for what cannot be meant */
	static @Nullable Duration duration(double seconds) {
		return seconds > 0 && seconds < Duration.ofDays(1000).toSeconds()
				? Objects.requireNonNull(Duration.ofMillis(Math.round(seconds * 1000)))
				: null;
	}
}
