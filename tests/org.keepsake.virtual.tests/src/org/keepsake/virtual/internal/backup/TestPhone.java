// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.content.FileStore;
import org.keepsake.virtual.internal.phone.Phone;

/** A phone that is nothing but files and settings. */
final class TestPhone implements Closeable {

	static final String UDID = "00008110-000A1B2C3D4E5F60";

	final Path state;
	final FileStore files;
	final Map<String, Object> lockdown = new ConcurrentHashMap<>();
	final Map<String, String> settings = new ConcurrentHashMap<>();
	final List<String> posted = new CopyOnWriteArrayList<>();
	String ios = "18.5";
	boolean locked;
	boolean passcode;
	boolean fast = true;
	Faults faults = Faults.NONE;
	int restarts;
	long free = 1L << 40;

	TestPhone(Path state) throws IOException {
		this.state = state;
		files = FileStore.open(state);
		lockdown.put("null/DeviceName", "Test");
		lockdown.put("null/ProductVersion", ios);
	}

	/** The phone as the agent sees it; methods that a test does not need are not there. */
	Phone phone() {
		InvocationHandler handler = (Object proxy, Method method, Object[] arguments) -> switch (method.getName()) {
			case "udid" -> UDID;
			case "name" -> "Test";
			case "iosVersion" -> ios;
			case "state" -> state;
			case "files" -> files;
			case "lockdownValue" -> lockdown.get(arguments[0] + "/" + arguments[1]);
			case "setLockdownValue" -> lockdown.put(arguments[0] + "/" + arguments[1], arguments[2]);
			case "settings" -> Map.copyOf(settings);
			case "setSetting" -> arguments[1] == null ? settings.remove(arguments[0])
					: settings.put((String) arguments[0], (String) arguments[1]);
			case "isLocked" -> locked;
			case "hasPasscode" -> passcode;
			case "fastKeys" -> fast;
			case "faults" -> faults;
			case "post" -> posted.add((String) arguments[0]);
			case "syncLockHeld" -> true;
			case "media" -> null;
			case "restart" -> ++restarts;
			case "freeBytes" -> free;
			case "toString" -> "test phone";
			case "hashCode" -> 1;
			case "equals" -> proxy == arguments[0];
			default -> throw new UnsupportedOperationException(method.getName());
		};
		InvocationHandler voids = (proxy, method, arguments) -> {
			Object value = handler.invoke(proxy, method, arguments);
			return method.getReturnType() == void.class ? null : value;
		};
		return (Phone) Proxy.newProxyInstance(Phone.class.getClassLoader(), new Class<?>[] { Phone.class }, voids);
	}

	boolean willEncrypt() {
		return Boolean.TRUE.equals(lockdown.get("com.apple.mobile.backup/WillEncrypt"));
	}

	static VirtualFile file(String domain, String path, int protectionClass) {
		Instant time = Instant.parse("2025-01-02T03:04:05Z");
		return new VirtualFile(domain, path, Kind.FILE, 0644, 501, 501, 0, time, time, time, 0, protectionClass, null,
				null);
	}

	VirtualFile write(String domain, String path, byte[] content) throws IOException {
		return files.write(file(domain, path, 3), new ByteArrayInputStream(content));
	}

	/** Everything that a restore must bring back: domain and path to kind, mode, owner, time, size, digest. */
	static Map<String, String> tree(VirtualFiles files) throws IOException {
		Map<String, String> tree = new TreeMap<>();
		try (VirtualFiles.Snapshot snapshot = files.snapshot()) {
			snapshot.forEach((file, content) -> tree.put(file.domain() + "-" + file.path(),
					"%s %o %d %d %s %d %d %s %s %s".formatted(
							file.kind(), file.mode(), file.uid(), file.gid(), file.modified(), file.sizeBytes(),
							file.protectionClass(),
							file.linkTarget(),
							file.extendedAttributes() == null ? ""
									: HexFormat.of().formatHex(file.extendedAttributes()),
							file.kind() == Kind.FILE ? digest(content) : "")));
		}
		return tree;
	}

	private static String digest(VirtualFiles.Content content) throws IOException {
		try (InputStream in = content.open()) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.digest());
		} catch (java.security.NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public void close() throws IOException {
		files.close();
	}
}
