// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.keepsake.ui.internal.Messages;

/** A kind of places: what must be told of one, and how its location is written. */
public enum PlaceKind {

	/** A folder, in the layout of Finder and iTunes. */
	FOLDER(List.of(Field.FOLDER), told -> told.get(Field.FOLDER)),
	/** A repository in a folder. */
	REPOSITORY(List.of(Field.FOLDER), told -> "restic:" + told.get(Field.FOLDER)),
	/** A repository in a bucket of an object store. */
	S3(List.of(Field.SERVER, Field.BUCKET, Field.PATH),
			told -> "s3:" + web(told, "", path(told.get(Field.BUCKET), told))),
	/** A repository on a restic REST server. */
	REST(List.of(Field.SERVER, Field.PATH, Field.USER),
			told -> "rest:" + web(told, told.get(Field.USER), path("", told))),
	/** A repository on a server by SSH. */
	SFTP(List.of(Field.SERVER, Field.USER, Field.SERVER_FOLDER), told -> "sftp:" + user(told, told.get(Field.USER))
			+ told.get(Field.SERVER) + ":" + told.get(Field.SERVER_FOLDER)),
	/** A repository on a NAS or a Windows share. */
	SMB(List.of(Field.SERVER, Field.SHARE, Field.PATH, Field.USER), told -> "smb://" + user(told, told.get(Field.USER))
			+ told.get(Field.SERVER) + path(told.get(Field.SHARE), told));

	/** What can be told of a place. */
	public enum Field {
		/** A folder on this computer. */
		FOLDER(true),
		/** A host, with a port if it is not the usual one. */
		SERVER(true),
		/** A bucket. */
		BUCKET(true),
		/** A share. */
		SHARE(true),
		/** A folder on the server, from its root or from the user's own. */
		SERVER_FOLDER(true),
		/** A folder within what the other fields name. */
		PATH(false),
		/** The user there. */
		USER(false);

		private final boolean needed;

		Field(boolean needed) {
			this.needed = needed;
		}

		/** Whether no place can be without it. */
		public boolean isNeeded() {
			return needed;
		}

		/** What it is called. */
		public String label() {
			return switch (this) {
				case FOLDER -> Messages.place_field_folder;
				case SERVER -> Messages.place_field_server;
				case BUCKET -> Messages.place_field_bucket;
				case SHARE -> Messages.place_field_share;
				case SERVER_FOLDER -> Messages.place_field_server_folder;
				case PATH -> Messages.place_field_path;
				case USER -> Messages.place_field_user;
			};
		}
	}

	private final List<Field> fields;
	private final Function<Map<Field, String>, String> form;

	PlaceKind(List<Field> fields, Function<Map<Field, String>, String> form) {
		this.fields = fields;
		this.form = form;
	}

	/** What must or can be told of one, in the order in which it is asked. */
	public List<Field> fields() {
		return fields;
	}

	/** Whether backups lie in a repository there, which has a password of its own. */
	public boolean isRepository() {
		return this != FOLDER;
	}

	/** What it is called. */
	public String label() {
		return switch (this) {
			case FOLDER -> Messages.place_kind_folder;
			case REPOSITORY -> Messages.place_kind_repository;
			case S3 -> Messages.place_kind_s3;
			case REST -> Messages.place_kind_rest;
			case SFTP -> Messages.place_kind_sftp;
			case SMB -> Messages.place_kind_smb;
		};
	}

	/** What it is called in a list. */
	public String brief() {
		return switch (this) {
			case FOLDER -> Messages.place_brief_folder;
			case REPOSITORY -> Messages.place_brief_repository;
			case S3 -> Messages.place_brief_s3;
			case REST -> Messages.place_brief_rest;
			case SFTP -> Messages.place_brief_sftp;
			case SMB -> Messages.place_brief_smb;
		};
	}

	/** The location. @param told has a text, which may be empty, for each of the fields */
	String location(Map<Field, String> told) {
		return form.apply(told);
	}

	/** The kind of a location. */
	public static PlaceKind of(String location) {
		String text = location.strip().toLowerCase(Locale.ROOT);
		return switch (text.substring(0, Math.max(0, text.indexOf(':')))) {
			case "s3" -> S3;
			case "rest" -> REST;
			case "sftp" -> SFTP;
			case "smb" -> SMB;
			case "restic", "local" -> REPOSITORY;
			default -> FOLDER;
		};
	}

	private static String user(Map<Field, String> told, String user) {
		return user.isEmpty() ? "" : user + '@';
	}

	/** Slashes before each part; nothing where nothing was told. */
	private static String path(String first, Map<Field, String> told) {
		String path = (first + '/' + told.get(Field.PATH)).replaceAll("/+", "/").replaceAll("^/|/$", "");
		return path.isEmpty() ? "" : '/' + path;
	}

	/** A web address; over TLS unless another scheme was written. */
	private static String web(Map<Field, String> told, String user, String path) {
		String server = told.get(Field.SERVER).replaceAll("/+$", "");
		int end = server.indexOf("://");
		String scheme = end < 0 ? "https" : server.substring(0, end);
		String host = server.substring(end < 0 ? 0 : end + 3);
		try {
			return new URI(scheme, (user.isEmpty() ? "" : user + '@') + host, path, null, null).toASCIIString();
		} catch (URISyntaxException e) {
			return scheme + "://" + (user.isEmpty() ? "" : user + '@') + host + path; // refused with a reason when it is added
		}
	}
}
