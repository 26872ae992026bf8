// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.repository.KeyCost;

/**
 * A file in {@code keys/}: the repository's keys, sealed with keys that scrypt makes of a password. Source:
 * restic/restic doc/design.rst, "Keys, Encryption and MAC".
 */
record KeyFile(Instant created, String user, String host, KeyCost cost, byte[] salt, byte[] data) {

	private static final int SALT = 64;
	private static final int DERIVED = 64;

	/** Seals the keys with a password. */
	static KeyFile make(MasterKey master, Secret password, KeyCost cost, String user, String host) {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		byte[] json = new JsonWriter(256).raw("{\"mac\":{\"k\":\"").raw(base64(master.macK())).raw("\",\"r\":\"")
				.raw(base64(master.macR())).raw("\"},\"encrypt\":\"").raw(base64(master.encrypt())).raw("\"}")
				.toBytes();
		byte[] data = new Seal(derive(password, salt, cost)).seal(json);
		Arrays.fill(json, (byte) 0);
		return new KeyFile(Instant.now(), user, host, cost, salt, data);
	}

	/** The repository's keys; null if the password is another. */
	@Nullable
	MasterKey open(Secret password) {
		byte[] json = new byte[Math.max(0, data.length - Seal.OVERHEAD)];
		if (!new Seal(derive(password, salt, cost)).open(data, 0, data.length, json, 0)) {
			return null;
		}
		try {
			return readMaster(json);
		} catch (IOException e) {
			return null;
		} finally {
			Arrays.fill(json, (byte) 0);
		}
	}

	private static MasterKey derive(Secret password, byte[] salt, KeyCost cost) {
		byte[] utf8 = password.revealUtf8();
		try {
			return MasterKey.of(Scrypt.derive(utf8, salt, cost.n(), cost.r(), cost.p(), DERIVED));
		} finally {
			Arrays.fill(utf8, (byte) 0);
		}
	}

	private static @Nullable MasterKey readMaster(byte[] json) throws IOException {
		byte[] k = {};
		byte[] r = {};
		byte[] encrypt = {};
		JsonReader in = new JsonReader(json);
		in.beginObject();
		while (in.more()) {
			switch (in.name()) {
				case "encrypt" -> encrypt = unbase64(in.string());
				case "mac" -> {
					in.beginObject();
					while (in.more()) {
						switch (in.name()) {
							case "k" -> k = unbase64(in.string());
							case "r" -> r = unbase64(in.string());
							default -> in.skip();
						}
					}
				}
				default -> in.skip();
			}
		}
		MasterKey master = new MasterKey(encrypt, k, r);
		return master.isWhole() ? master : null;
	}

	byte[] write() {
		return new JsonWriter(600).raw("{\"created\":\"").raw(GoTime.format(created, ZoneId.systemDefault()))
				.raw("\",\"username\":").string(user).raw(",\"hostname\":").string(host)
				.raw(",\"kdf\":\"scrypt\",\"N\":")
				.number(cost.n()).raw(",\"r\":").number(cost.r()).raw(",\"p\":").number(cost.p()).raw(",\"salt\":\"")
				.raw(base64(salt)).raw("\",\"data\":\"").raw(base64(data)).raw("\"}").toBytes();
	}

	static KeyFile read(byte[] json) throws IOException {
		Instant created = Instant.EPOCH;
		String user = "";
		String host = "";
		String kdf = "";
		int n = 0;
		int r = 0;
		int p = 0;
		byte[] salt = {};
		byte[] data = {};
		JsonReader in = new JsonReader(json);
		in.beginObject();
		while (in.more()) {
			switch (in.name()) {
				case "created" -> created = GoTime.parse(in.string());
				case "username" -> user = in.string();
				case "hostname" -> host = in.string();
				case "kdf" -> kdf = in.string();
				case "N" -> n = in.length();
				case "r" -> r = in.length();
				case "p" -> p = in.length();
				case "salt" -> salt = unbase64(in.string());
				case "data" -> data = unbase64(in.string());
				default -> in.skip();
			}
		}
		in.end();
		if (!kdf.equals("scrypt")) {
			throw new JsonReader.JsonException("Another derivation than scrypt");
		}
		try {
			return new KeyFile(created, user, host, new KeyCost(n, r, p), salt, data);
		} catch (IllegalArgumentException e) {
			throw new JsonReader.JsonException("Parameters of scrypt out of bounds");
		}
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	private static byte[] unbase64(String text) throws IOException {
		try {
			return Base64.getDecoder().decode(text);
		} catch (IllegalArgumentException e) {
			throw new JsonReader.JsonException("Not base 64");
		}
	}

	@Override
	public String toString() {
		return "KeyFile";
	}
}
