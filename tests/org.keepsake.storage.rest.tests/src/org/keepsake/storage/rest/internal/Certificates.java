// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;

import org.keepsake.testing.Programs;

/** A certificate that has signed itself, for a name or address, as files for other programs. */
record Certificates(Path certificate, Path key, String pinOfCertificate, String pinOfKey) {

	/** @param name as keytool has it, such as {@code ip:127.0.0.1} */
	static Certificates make(Path folder, String name) throws IOException {
		Path store = folder.resolve("store-" + name.replace(':', '-') + ".p12");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Programs.run(new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname",
				"CN=test", "-ext",
				"san=" + name, "-validity", "30", "-keystore", store.toString(), "-storetype", "PKCS12",
				"-storepass", "changeit"));
		try (InputStream in = Files.newInputStream(store)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, "changeit".toCharArray());
			Certificate certificate = keys.getCertificate("a");
			Path pem = Files.writeString(folder.resolve(store.getFileName() + ".crt"),
					pem("CERTIFICATE", certificate.getEncoded()));
			Path key = Files.writeString(folder.resolve(store.getFileName() + ".key"),
					pem("PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded()));
			return new Certificates(pem, key, "sha256:" + HexFormat.ofDelimiter(":").withUpperCase()
					.formatHex(sha256(certificate.getEncoded())),
					Base64.getEncoder().encodeToString(sha256(certificate.getPublicKey().getEncoded())));
		} catch (GeneralSecurityException e) {
			throw new IOException(e);
		}
	}

	private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
		return MessageDigest.getInstance("SHA-256").digest(bytes);
	}

	private static String pem(String what, byte[] bytes) {
		return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes)
				+ "\n-----END " + what + "-----\n";
	}
}
