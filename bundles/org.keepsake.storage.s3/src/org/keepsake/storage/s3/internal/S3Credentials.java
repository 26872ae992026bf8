// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.storage.base.StorageSettings;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Where keys come from, the first that has them: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with
 * AWS_SESSION_TOKEN); the secrets {@code access-key} and {@code secret-key} if they are known; the profile named by
 * AWS_PROFILE in the files of the AWS tools; the container's role; whoever is there to be asked; the machine's role. With the setting
 * {@code profile} only that profile is looked into.
 */
final class S3Credentials {

	private final StorageSettings settings;
	private final StorageFactory.Context context;

	S3Credentials(StorageSettings settings, StorageFactory.Context context) {
		this.settings = settings;
		this.context = context;
	}

	/** Looks for them; the provider renews what expires. */
	AwsCredentialsProvider provider() throws IOException {
		if (settings.text("profile").isPresent()) {
			return profile();
		}
		Optional<AwsCredentials> known = ofEnvironment();
		if (known.isEmpty()) {
			known = ofSecrets(context::knownSecret);
		}
		List<AwsCredentialsProvider> roles = new ArrayList<>(List.of(profile()));
		if (settings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").isPresent()
				|| settings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").isPresent()) {
			roles.add(ContainerCredentialsProvider.create());
		}
		if (known.isEmpty() && !hasAny(roles)) {
			// Somebody who is asked and has none to give answers with nothing.
			known = ofSecrets(context::secret);
		}
		if (known.isPresent()) {
			return StaticCredentialsProvider.create(known.get());
		}
		if (!settings.variable("AWS_EC2_METADATA_DISABLED").orElse("").equalsIgnoreCase("true")) {
			roles.add(InstanceProfileCredentialsProvider.create());
		}
		return AwsCredentialsProviderChain.builder().credentialsProviders(roles).build();
	}

	private Optional<AwsCredentials> ofEnvironment() {
		Optional<String> key = settings.variable("AWS_ACCESS_KEY_ID");
		Optional<String> secret = settings.variable("AWS_SECRET_ACCESS_KEY");
		if (key.isEmpty() || secret.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(settings.variable("AWS_SESSION_TOKEN")
				.<AwsCredentials>map(token -> AwsSessionCredentials.create(key.get(), secret.get(), token))
				.orElseGet(() -> AwsBasicCredentials.create(key.get(), secret.get())));
	}

	private static boolean hasAny(List<AwsCredentialsProvider> providers) {
		return providers.stream().anyMatch(provider -> {
			try {
				provider.resolveCredentials();
				return true;
			} catch (SdkException e) {
				return false;
			}
		});
	}

	@FunctionalInterface
	private interface Secrets {
		Optional<Secret> find(String purpose) throws IOException;
	}

	private static Optional<AwsCredentials> ofSecrets(Secrets secrets) throws IOException {
		try (Secret key = secrets.find("access-key").orElseGet(() -> Secret.of(""))) {
			if (key.isEmpty()) {
				return Optional.empty();
			}
			return withSecret(key, secrets);
		}
	}

	private static Optional<AwsCredentials> withSecret(Secret key, Secrets secrets) throws IOException {
		try (Secret secret = secrets.find("secret-key").orElseGet(() -> Secret.of(""))) {
			if (secret.isEmpty()) {
				return Optional.empty();
			}
			return Optional.of(AwsBasicCredentials.create(text(key), text(secret)));
		}
	}

	/** The library takes strings only. */
	private static String text(Secret secret) {
		byte[] bytes = secret.revealUtf8();
		try {
			return new String(bytes, StandardCharsets.UTF_8).strip();
		} finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	private AwsCredentialsProvider profile() {
		String home = settings.variable("HOME").orElse(System.getProperty("user.home", ""));
		ProfileFile.Aggregator files = ProfileFile.aggregator();
		Path credentials = Path.of(settings.variable("AWS_SHARED_CREDENTIALS_FILE").orElse(home + "/.aws/credentials"));
		Path config = Path.of(settings.variable("AWS_CONFIG_FILE").orElse(home + "/.aws/config"));
		add(files, credentials, ProfileFile.Type.CREDENTIALS);
		add(files, config, ProfileFile.Type.CONFIGURATION);
		String name = settings.text("profile").or(() -> settings.variable("AWS_PROFILE")).orElse("default");
		ProfileFile read = files.build();
		return ProfileCredentialsProvider.builder().profileFile(read).profileName(name).build();
	}

	private static void add(ProfileFile.Aggregator files, Path file, ProfileFile.Type type) {
		if (Files.isReadable(file)) {
			files.addFile(ProfileFile.builder().content(file).type(type).build());
		}
	}
}
