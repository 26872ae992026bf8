// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.fault;

import java.util.List;
import java.util.Map;

/**
 * How a virtual iPhone misbehaves. Given on the command line as {@code name} or {@code name=value}, several separated
 * by commas: {@code cut-after-bytes=100000,sync-busy}.
 *
 * <p>
 * Outside of backups these are known; the backup agent has its own.
 * <table>
 * <caption>Faults of the device's outside</caption>
 * <tr><td>{@code locked}</td><td>the screen is locked, passcode or not</td></tr>
 * <tr><td>{@code before-first-unlock}</td><td>sessions are refused as after a restart</td></tr>
 * <tr><td>{@code pairing-pending=N}</td><td>the trust dialog is answered after N requests</td></tr>
 * <tr><td>{@code trust-deny}</td><td>somebody taps Don't Trust</td></tr>
 * <tr><td>{@code forget-host}</td><td>all pairings are forgotten, once</td></tr>
 * <tr><td>{@code tls-refuse}</td><td>no certificate is accepted</td></tr>
 * <tr><td>{@code tls-1.3}</td><td>TLS 1.3 is offered too</td></tr>
 * <tr><td>{@code no-ssl-services}</td><td>services speak plaintext</td></tr>
 * <tr><td>{@code service-missing=NAME}</td><td>lockdownd does not know the service</td></tr>
 * <tr><td>{@code sync-busy[=N]}</td><td>another computer holds the sync lock, for ever or N tries of a connection</td></tr>
 * <tr><td>{@code cut-all-after-bytes=N}</td><td>all connections break when services moved N bytes, once</td></tr>
 * <tr><td>{@code unplug-after-bytes=N}</td><td>the cable is pulled when services moved N bytes, once</td></tr>
 * <tr><td>{@code stall-all-after-bytes=N}</td><td>services stand still after N bytes until the fault is lifted</td></tr>
 * <tr><td>{@code device-free=N}</td><td>so many bytes are free on the device</td></tr>
 * <tr><td>{@code undashed-serial}</td><td>usbmuxd spells the identifier without its dash</td></tr>
 * <tr><td>{@code gestalt}</td><td>diagnostics answer although this iOS no longer does</td></tr>
 * <tr><td>{@code heartbeat-interval=N}</td><td>seconds between heartbeats</td></tr>
 * </table>
 *
 * @param settings each fault by its name, with its value or an empty text
 */
public record Faults(Map<String, String> settings) {

	/** A device that behaves. */
	public static final Faults NONE = new Faults(Map.of());

	/** Copies the map. */
	public Faults {
		settings = Map.copyOf(settings);
	}

	/** Whether the fault is asked for. */
	public boolean has(String name) {
		return settings.containsKey(name);
	}

	/** The fault's number, or the default. */
	public long number(String name, long otherwise) {
		String value = settings.get(name);
		return value == null || value.isEmpty() ? otherwise : Long.parseLong(value);
	}

	/** The fault's text, or the default. */
	public String text(String name, String otherwise) {
		return settings.getOrDefault(name, otherwise);
	}

	/** Parses {@code a,b=1}. */
	public static Faults parse(String text) {
		java.util.Map<String, String> settings = new java.util.LinkedHashMap<>();
		for (String part : List.of(text.split(","))) {
			if (!part.isBlank()) {
				String[] pair = part.strip().split("=", 2);
				settings.put(pair[0], pair.length == 2 ? pair[1] : "");
			}
		}
		return new Faults(settings);
	}

	/** The form that {@link #parse} reads. */
	@Override
	public String toString() {
		return settings.entrySet().stream()
				.map(fault -> fault.getValue().isEmpty() ? fault.getKey() : fault.getKey() + "=" + fault.getValue())
				.sorted().collect(java.util.stream.Collectors.joining(","));
	}
}
