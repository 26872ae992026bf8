// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** s3proxy over a folder, on the loopback, as a program of its own; keeps its port when it is started again. */
public final class S3ProxyServer implements AutoCloseable {

	public static final String ACCESS = "keepsake";
	public static final String SECRET = "hunter2hunter2";
	private static final String PASSWORD = "changeit";

	private static final Pattern STARTED = Pattern
			.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(?<port>[0-9]+)\\}");

	private final Path folder;
	private final Path jar;
	private final boolean secure;
	private final ServerProgram program = new ServerProgram();

	public S3ProxyServer(Path folder) throws IOException {
		this(folder, false);
	}

	/** @param secure by TLS, with a certificate that has signed itself: {@link #pin()} */
	public S3ProxyServer(Path folder, boolean secure) throws IOException {
		this.folder = folder;
		this.secure = secure;
		this.jar = Path.of(System.getProperty("keepsake.root", "../.."))
				.resolve("bundles/org.keepsake.testing/target/s3proxy.jar").toAbsolutePath();
		assumeTrue(Programs.isThere(Files.isReadable(jar), "Maven did not fetch s3proxy"));
		Files.createDirectories(folder.resolve("objects"));
		if (secure) {
			Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
			Programs.run(new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname",
					"CN=test",
					"-ext", "san=ip:127.0.0.1", "-validity", "30", "-keystore", store().toString(),
					"-storetype", "PKCS12", "-storepass", PASSWORD));
		}
		start();
	}

	public void start() throws IOException {
		String endpoint = !secure ? "s3proxy.endpoint=http://127.0.0.1:%d".formatted(program.port())
				: "s3proxy.secure-endpoint=https://127.0.0.1:%d\ns3proxy.keystore-path=%s\ns3proxy.keystore-password=%s"
						.formatted(program.port(), store(), PASSWORD);
		Path properties = Files.writeString(folder.resolve("s3proxy.properties"), """
				%s
				s3proxy.authorization=aws-v2-or-v4
				s3proxy.identity=%s
				s3proxy.credential=%s
				jclouds.provider=filesystem-nio2
				jclouds.filesystem.basedir=%s
				""".formatted(endpoint, ACCESS, SECRET, folder.resolve("objects")));
		program.start(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx200m", "-jar", jar.toString(), "--properties",
				properties.toString()), STARTED);
	}

	/** Without a slash at its end. */
	public String url() {
		return (secure ? "https" : "http") + "://127.0.0.1:" + program.port();
	}

	private Path store() {
		return folder.resolve("server.p12");
	}

	/** SHA-256 of its certificate. */
	public String pin() throws IOException {
		try (InputStream in = Files.newInputStream(store())) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			return HexFormat.of().formatHex(
					MessageDigest.getInstance("SHA-256").digest(keys.getCertificate("a").getEncoded()));
		} catch (GeneralSecurityException e) {
			throw new IOException(e);
		}
	}

	public Path objects() {
		return folder.resolve("objects");
	}

	public void stop() {
		program.kill();
	}

	@Override
	public void close() {
		program.close();
	}
}
