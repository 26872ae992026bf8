// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system;

import java.time.Instant;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * An item of the keychain. Its secret is in {@link #secret} alone, and there only if it was asked for: not in
 * {@link #toString}, the headline or the text for searching.
 *
 * @param key           its lasting reference
 * @param kind          what it is
 * @param label         what a person calls it; empty if it has no label
 * @param account       the account, or the name of the network; empty if unknown
 * @param service       the service, or the server; empty if unknown
 * @param protocol      how the server is spoken to, such as {@code htps}; empty if unknown
 * @param port          of the server; 0 if unknown
 * @param path          on the server; empty if unknown
 * @param accessGroup   the apps that may use it
 * @param access        when the phone opens it; empty if unknown
 * @param thisDevice    whether it is for the phone alone and never for another device
 * @param synchronised  whether iCloud carries it to other devices
 * @param created       when it was made
 * @param modified      when it was changed
 * @param state         whether it could be opened
 * @param secret        the secret; masked if it was not asked for, null if there is none or it could not be opened
 * @param form          how the secret is written
 */
public record KeychainItem(String key, Kind kind, String label, String account, String service, String protocol,
		long port, String path, String accessGroup, String access, boolean thisDevice, boolean synchronised,
		@Nullable Instant created, @Nullable Instant modified, State state, @Nullable String secret, Form form)
		implements
			DataRecord {

	/** When it was changed, or made. */
	@Override
	public @Nullable Instant date() {
		return modified == null ? created : modified;
	}

	@Override
	public String headline() {
		String what = OneLine.of(label, service, accessGroup, kind.name().toLowerCase(Locale.ROOT));
		String whose = OneLine.of(account);
		return whose.isEmpty() || whose.equals(what) ? what : what + " – " + whose;
	}

	@Override
	public String searchText() {
		return String.join("\n", label, account, service, path, accessGroup);
	}

	@Override
	public String toString() {
		return "KeychainItem[key=" + key + ", kind=" + kind + ", state=" + state + ']';
	}

	/** The mask, if a secret is there and was not asked for. */
	public static String mask() {
		return Secrets.MASK;
	}

	/** What an item of the keychain is. */
	public enum Kind {
		/** The password of a Wi-Fi network. */
		WIFI,
		/** A login for a server or a site. */
		LOGIN,
		/** A password, token or key of an app. */
		PASSWORD,
		/** A certificate. */
		CERTIFICATE,
		/** A cryptographic key. */
		KEY
	}

	/** Whether an item could be opened. */
	public enum State {
		/** It could. */
		OPEN,
		/** It is for the phone alone. */
		THIS_DEVICE_ONLY,
		/** It is damaged, or of a form that is not known. */
		UNREADABLE
	}

	/** How a secret is written. */
	public enum Form {
		/** There is none. */
		NONE,
		/** It is masked. */
		MASKED,
		/** As it is. */
		TEXT,
		/** In Base64, as it is no text. */
		BASE64
	}
}
