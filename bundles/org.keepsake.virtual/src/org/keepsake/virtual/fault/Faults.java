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
 * The backup agent counts from the request on: messages are those that want an answer, bytes are those of both
 * directions.
 * <table>
 * <caption>Faults of the backup agent</caption>
 * <tr><td>{@code cut-after-bytes=N}</td><td>the connection breaks after N bytes of an operation</td></tr>
 * <tr><td>{@code cut-at-message=M}</td><td>the connection breaks instead of message M</td></tr>
 * <tr><td>{@code stall=M}, {@code stall=bytes:N}</td><td>silence from message M, or after N bytes, until the host hangs
 * up</td></tr>
 * <tr><td>{@code slow=N}</td><td>at most N bytes a second</td></tr>
 * <tr><td>{@code device-cancel=M}</td><td>somebody cancels on the device at message M: notification, then 202</td></tr>
 * <tr><td>{@code disk-full[=N]}</td><td>needs N bytes more than the host has free: 105</td></tr>
 * <tr><td>{@code purge}</td><td>asks the host to purge before that</td></tr>
 * <tr><td>{@code file-error[=N]}</td><td>N (3) files can not be read, and are left out</td></tr>
 * <tr><td>{@code file-error=all}</td><td>no file can be read: 104</td></tr>
 * <tr><td>{@code lie-listing}</td><td>does not see files that the host lists: 205</td></tr>
 * <tr><td>{@code wrong-password}</td><td>finds every password wrong: 207</td></tr>
 * <tr><td>{@code passcode-ignored[=S]}</td><td>nobody enters the passcode for S (180) seconds: 208</td></tr>
 * <tr><td>{@code mdm-encryption}</td><td>a profile demands encryption: 207, 22, and 1 at a restore</td></tr>
 * <tr><td>{@code mdm-forbidden}</td><td>a profile forbids backups: 1</td></tr>
 * <tr><td>{@code icloud-restore}, {@code find-my}, {@code setup}</td><td>states of the device: 25, 211, 212</td></tr>
 * <tr><td>{@code old-names}</td><td>moves and removes with the names of messages before iOS 10</td></tr>
 * <tr><td>{@code unknown-message}</td><td>sends a message that no host knows, and wants an answer</td></tr>
 * <tr><td>{@code hostile-path=[WHERE:]WHAT}</td><td>names a path outside of the backup. WHERE is {@code upload} (default),
 * {@code create}, {@code remove}, {@code list}, {@code move-to}, {@code move-from}, {@code copy-to}, {@code copy-from} or
 * {@code download}; WHAT is {@code dotdot}, {@code absolute}, {@code nul}, {@code backslash}, {@code windows},
 * {@code drive}, {@code stream}, {@code empty}, {@code root}, {@code other-device}, {@code long} or a path</td></tr>
 * <tr><td>{@code hostile-length=WHAT}</td><td>announces two thousand million bytes of a {@code name}, {@code path} or
 * {@code message}, or a {@code frame} of length -1</td></tr>
 * <tr><td>{@code error=CODE}</td><td>ends every operation with that code</td></tr>
 * </table>
 *
 * <p>
 * {@code mdm-encryption}, {@code mdm-forbidden}, {@code icloud-restore}, {@code find-my} and {@code setup} may also be
 * settings of the device with the value {@code true}. What a host did is kept in the settings {@code observed.*}.
 *
 * <p>
 * Outside of backups these are known.
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
