// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.IosVersion;
import org.keepsake.core.Udid;
import org.keepsake.core.drill.DrillDevice;
import org.keepsake.core.drill.DrillDeviceFactory;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

/** A blank virtual iPhone of the backup's iOS, behind a usbmuxd of its own on a free loopback port. */
public final class VirtualDrill implements DrillDeviceFactory {

	/** What the system itself takes, and some more. */
	private static final long SPARE_BYTES = 8_000_000_000L;

	@Override
	public DrillDevice start(Wish wish) throws IOException {
		IosVersion ios = wish.ios();
		VirtualOptions options = new VirtualOptions(wish.folder().resolve("device"), null, "Drill iPhone",
				ios == null ? null : ios.text(), Profile.SMALL, 0, wish.capacityBytes() + SPARE_BYTES,
				new SecureRandom().nextLong(), false, Trust.AUTO, true, true);
		return new Started(VirtualIPhones.start(0, List.of(options)));
	}

	private record Started(VirtualIPhones phones) implements DrillDevice {

		@Override
		public Udid udid() {
			return new Udid(phones.udids().getFirst());
		}

		@Override
		public Map<String, String> environment() {
			return Map.of("USBMUXD_SOCKET_ADDRESS",
					phones.address().getAddress().getHostAddress() + ':' + phones.address().getPort());
		}

		private VirtualFiles files() {
			return phones.files(phones.udids().getFirst());
		}

		@Override
		public void forEach(Visitor visitor) throws IOException {
			boolean[] more = { true };
			try (VirtualFiles.Snapshot snapshot = files().snapshot()) {
				snapshot.forEach((file, _) -> more[0] = more[0] && visitor.visit(entry(file)));
			}
		}

		@Override
		public Optional<Entry> find(String domain, String path) throws IOException {
			VirtualFile file = files().find(domain, path);
			return file == null ? Optional.empty() : Optional.of(entry(file));
		}

		@Override
		public InputStream open(Entry file) throws IOException {
			VirtualFile found = files().find(file.domain(), file.path());
			if (found == null || found.kind() != VirtualFile.Kind.FILE) {
				throw new NoSuchFileException(file.domain() + '/' + file.path());
			}
			return files().open(found);
		}

		private static Entry entry(VirtualFile file) {
			Kind kind = switch (file.kind()) {
				case FILE -> Kind.FILE;
				case DIRECTORY -> Kind.DIRECTORY;
				case LINK -> Kind.LINK;
			};
			return new Entry(file.domain(), file.path(), kind, file.sizeBytes(), file.modified(), file.linkTarget());
		}

		@Override
		public void close() {
			phones.close();
		}
	}
}
