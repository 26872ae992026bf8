// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;

/**
 * Opens repositories as targets: whatever place begins with a scheme, such as {@code restic:/folder} or
 * {@code s3:https://…}. A single letter is a drive, and {@code file:} a folder in Apple's layout.
 */
public final class RepositoryTargetFactory implements TargetFactory {

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

	private final Connections connections = new Connections();

	@Override
	public boolean accepts(String location) {
		String text = location.strip();
		return text.indexOf('\0') < 0 && SCHEME.matcher(text).matches() && !text.regionMatches(true, 0, "file:", 0, 5);
	}

	@Override
	public @Nullable String defaultLocation() {
		return null;
	}

	@Override
	public List<Setting> settings(String location, Storages storages) {
		List<Setting> all = new ArrayList<>(Settings.described());
		all.add(Setting.hidden(RepositoryTargetFactory.class, REPOSITORY_PASSWORD));
		all.addAll(storages.settings(location.strip()));
		return all;
	}

	@Override
	public BackupTarget open(String location, Context context) throws IOException {
		String place = location.strip();
		Settings settings = Settings.of(context.settings());
		// Nothing is connected; but a location that no store understands is told now.
		context.storages().open(place, context).close();
		return new RepositoryTarget(place, context, settings, connections);
	}
}
