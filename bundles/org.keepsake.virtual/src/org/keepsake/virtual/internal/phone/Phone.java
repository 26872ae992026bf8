// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.phone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.fault.Faults;

/** One virtual iPhone as its services see it: identity, settings and files, kept in its state folder. Thread-safe. */
public interface Phone {

	/** Its identifier. */
	String udid();

	/** Its name. */
	String name();

	/** Its system version, such as {@code 18.5}. */
	String iosVersion();

	/** Where it keeps its state; services may keep files of their own below {@code services/<name>/}. */
	Path state();

	/** Its files by backup domain. */
	VirtualFiles files();

	/** Lockdown's value; domain and key may be null for the root and for a whole dictionary. */
	@Nullable
	Object lockdownValue(@Nullable String domain, @Nullable String key);

	/** Sets a lockdown value, null removes it; kept across starts. */
	void setLockdownValue(@Nullable String domain, String key, @Nullable Object value) throws IOException;

	/** Settings of the device that are not lockdown's, kept across starts; empty map at first. */
	Map<String, String> settings();

	/** Changes a setting, null removes it. */
	void setSetting(String key, @Nullable String value) throws IOException;

	/** Whether the screen is locked now. */
	boolean isLocked();

	/** Whether it has a passcode. */
	boolean hasPasscode();

	/** Whether key derivation may use low counts, for tests. */
	boolean fastKeys();

	/** How it misbehaves now. */
	Faults faults();

	/** Posts a notification to every observer, as {@code notify_post} does. */
	void post(String notification);

	/** Whether a host holds the AFC sync lock now. */
	boolean syncLockHeld();

	/** A file in the AFC media area (such as {@code /iTunesRestore/RestoreApplications.plist}), or null. */
	@Nullable
	Path media(String afcPath);

	/** Goes away and comes back, as at a restart: all connections break. */
	void restart();

	/** Bytes free on the device. */
	long freeBytes() throws IOException;

	/** The applications that a person installed. */
	Applications applications();

	/**
	 * Erases all content and settings, as somebody who gives the device away does, and restarts: trusts no host, and
	 * has only what the system makes.
	 */
	void erase() throws IOException;
}
