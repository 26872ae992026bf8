// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * A Wi-Fi network that the phone knows. Its password is in {@link #password} alone, and there only if it was asked for.
 *
 * @param key            unique among the networks
 * @param ssid           its name
 * @param security       such as {@code WPA2/WPA3 Personal}; empty if unknown
 * @param hidden         whether it does not tell its name
 * @param captive        whether a page asks for a login
 * @param portal         the address of that page; empty if unknown
 * @param added          when the phone learned it
 * @param joinedByPerson when somebody last chose it
 * @param joinedBySystem when the phone last joined it by itself
 * @param updated        when what is known of it was changed
 * @param passwordChanged when its password was changed
 * @param accessPoints   the addresses of its stations
 * @param addedBy        why, or by which app, it was added; empty if unknown
 * @param carPlay        whether it is that of a car
 * @param password       its password; masked if it was not asked for, null if the backup has none
 */
public record WifiNetwork(String key, String ssid, String security, boolean hidden, boolean captive, String portal,
		@Nullable Instant added, @Nullable Instant joinedByPerson, @Nullable Instant joinedBySystem,
		@Nullable Instant updated, @Nullable Instant passwordChanged, List<String> accessPoints, String addedBy,
		boolean carPlay, @Nullable String password) implements DataRecord {

	/** Copies the list. */
	public WifiNetwork {
		accessPoints = List.copyOf(accessPoints);
	}

	/** When it was last joined, or else changed, or else added. */
	@Override
	public @Nullable Instant date() {
		Instant person = joinedByPerson;
		Instant system = joinedBySystem;
		if (person != null && system != null) {
			return person.isAfter(system) ? person : system;
		}
		Instant joined = person == null ? system : person;
		return joined != null ? joined : updated != null ? updated : added;
	}

	@Override
	public String headline() {
		return OneLine.of(ssid, key, "–");
	}

	@Override
	public String searchText() {
		return ssid + '\n' + security + '\n' + addedBy;
	}

	@Override
	public String toString() {
		return "WifiNetwork[key=" + key + ", password=" + (password == null ? "none" : Secrets.MASK) + ']';
	}
}
