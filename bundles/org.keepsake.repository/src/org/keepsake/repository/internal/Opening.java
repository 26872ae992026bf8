// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.KeyInfo;
import org.keepsake.repository.OpenOptions;
import org.keepsake.repository.RepositoryProblems;

/** Makes repositories, opens them by their keys, and keeps the keys. */
public final class Opening {

	/** Keys beyond this many are not tried: each costs as much as a person is willing to wait. */
	private static final int MAX_KEYS = 20;

	private Opening() {
	}

	/** An open repository and the key that opened it. */
	public record Opened(Vault vault, BlobId key) {
	}

	/** Makes a repository in an empty place. */
	public static Opened init(Storage storage, Secret password, int version, KeyCost cost, @Nullable Long polynomial)
			throws IOException {
		if (storage.size(Vault.CONFIG).isPresent()) {
			throw RepositoryProblems.EXISTS.exception(storage.location());
		}
		storage.create();
		if (storage.size(Vault.CONFIG).isPresent()) {
			throw RepositoryProblems.EXISTS.exception(storage.location());
		}
		byte[] random = new byte[64];
		new SecureRandom().nextBytes(random);
		MasterKey master = MasterKey.of(random);
		Vault vault = new Vault(storage, Config.random(version, polynomial), master);
		BlobId key = addKey(vault, password, cost);
		byte[] config = new Seal(master).seal(vault.config().write());
		try {
			storage.put(Vault.CONFIG, new Bytes(config, Vault.digest(config)));
		} catch (StorageException e) {
			vault.close();
			if (e.reason() == StorageException.Reason.EXISTS) {
				throw RepositoryProblems.EXISTS.exceptionBecause(e, storage.location());
			}
			throw vault.told(e, Vault.CONFIG);
		}
		return new Opened(vault, key);
	}

	/** Opens a repository. */
	public static Opened open(Storage storage, Secret password, OpenOptions options) throws IOException {
		byte[] sealedConfig;
		try {
			sealedConfig = StoredFiles.fetch(storage, Vault.CONFIG);
		} catch (StorageException e) {
			if (e.reason() == StorageException.Reason.NOT_FOUND) {
				throw RepositoryProblems.NONE.exceptionBecause(e, storage.location());
			}
			throw e;
		}
		List<BlobId> ids = new ArrayList<>();
		storage.list(Vault.KEYS, (name, size) -> ids.add(BlobId.parse(name.substring(name.lastIndexOf('/') + 1)))
				&& ids.size() < MAX_KEYS);
		List<String> damaged = new ArrayList<>();
		for (BlobId id : ids) {
			KeyFile file = readKey(storage, id);
			if (file == null) {
				file = mendedKey(storage, id);
			}
			if (file == null) {
				damaged.add(Vault.name(Vault.KEYS, id));
				continue;
			}
			MasterKey master = file.open(password);
			if (master != null) {
				return new Opened(vault(storage, sealedConfig, master).with(options), id);
			}
		}
		if (damaged.isEmpty()) {
			throw RepositoryProblems.WRONG_PASSWORD.exception(storage.location());
		}
		throw RepositoryProblems.KEYS_DAMAGED.exception(storage.location(), String.join(", ", damaged));
	}

	private static Vault vault(Storage storage, byte[] sealed, MasterKey master) throws IOException {
		byte[] json = new byte[Math.max(0, sealed.length - Seal.OVERHEAD)];
		Seal seal = new Seal(master);
		boolean whole = seal.open(sealed, 0, sealed.length, json, 0);
		if (!whole) {
			if (OneBit.mend(sealed, copy -> seal.open(copy, 0, copy.length, json, 0)) == null) {
				throw RepositoryProblems.CONFIG_DAMAGED.exception(storage.location());
			}
			warn(storage, Vault.CONFIG);
		}
		Config config;
		try {
			config = Config.read(json);
		} catch (JsonReader.JsonException e) {
			throw RepositoryProblems.CONFIG_DAMAGED.exceptionBecause(e, storage.location());
		}
		if (config.version() < 1 || config.version() > 2) {
			throw RepositoryProblems.VERSION.exception(storage.location(), String.valueOf(config.version()));
		}
		Vault vault = new Vault(storage, config, master);
		if (!whole) {
			vault.setConfigDamaged(true);
		}
		return vault;
	}

	private static void warn(Storage storage, String name) {
		System.getLogger(Opening.class.getName()).log(System.Logger.Level.WARNING,
				"One bit is wrong, and was put right for this run: {0}",
				RepositoryProblems.DAMAGED.problem(storage.location(), name));
	}

	/** A key's file; null if it is damaged. */
	static @Nullable KeyFile readKey(Storage storage, BlobId id) throws IOException {
		try {
			byte[] json = StoredFiles.fetch(storage, Vault.name(Vault.KEYS, id));
			return BlobId.of(Vault.digest(json), 0).equals(id) ? KeyFile.read(json) : null;
		} catch (JsonReader.JsonException | ProblemException e) {
			return null;
		}
	}

	/** A key's file as it was before one bit of it was flipped; null if more is damaged. */
	private static @Nullable KeyFile mendedKey(Storage storage, BlobId id) throws IOException {
		String name = Vault.name(Vault.KEYS, id);
		try {
			byte[] json = OneBit.mend(StoredFiles.fetch(storage, name), id);
			if (json != null) {
				warn(storage, name);
				return KeyFile.read(json);
			}
		} catch (JsonReader.JsonException | ProblemException e) {
			System.getLogger(Opening.class.getName()).log(System.Logger.Level.DEBUG, "Not a key", e);
		}
		return null;
	}

	/**
	 * Puts what is mended in the place of a damaged key; what cannot be mended is deleted.
	 *
	 * @return whether it could be mended
	 */
	static boolean repairKey(Vault vault, BlobId id) throws IOException {
		KeyFile mended = mendedKey(vault.storage(), id);
		if (mended != null) {
			// Of another name, so that one of the two is there at any moment.
			byte[] same = mended.write();
			byte[] renamed = java.util.Arrays.copyOf(same, same.length + 1);
			renamed[same.length] = '\n';
			vault.files().put(Vault.KEYS, renamed);
		}
		vault.files().delete(Vault.KEYS, id);
		return mended != null;
	}

	/** Stores the config anew, as it was before one bit of it was flipped. */
	static void repairConfig(Vault vault) throws IOException {
		byte[] sealed = new Seal(vault.codecs().keys()).seal(vault.config().write());
		vault.storage().delete(Vault.CONFIG);
		vault.storage().put(Vault.CONFIG, new Bytes(sealed, Vault.digest(sealed)));
		vault.setConfigDamaged(false);
	}

	/** Adds a password. */
	public static BlobId addKey(Vault vault, Secret password, KeyCost cost) throws IOException {
		return vault.files().put(Vault.KEYS,
				KeyFile.make(vault.codecs().keys(), password, cost, Host.user(), Host.name()).write());
	}

	/** All keys that can be read. */
	public static List<KeyInfo> keys(Vault vault, BlobId inUse) throws IOException {
		List<KeyInfo> keys = new ArrayList<>();
		for (BlobId id : Vault.sorted(vault.files().list(Vault.KEYS))) {
			KeyFile file = readKey(vault.storage(), id);
			if (file != null) {
				keys.add(new KeyInfo(id, file.created(), file.user(), file.host(), id.equals(inUse)));
			}
		}
		return List.copyOf(keys);
	}

	/** Removes a key. */
	public static void removeKey(Vault vault, BlobId id) throws IOException {
		if (vault.storage().size(Vault.name(Vault.KEYS, id)).isEmpty()) {
			throw RepositoryProblems.NO_SUCH_KEY.exception(vault.location(), id.toString());
		}
		vault.files().delete(Vault.KEYS, id);
	}
}
