// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Assertions;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.core.transport.Transport;
import org.keepsake.core.transport.TransportFactory;
import org.keepsake.engine.Extensions;
import org.keepsake.engine.Keepsake;
import org.keepsake.target.local.LocalTargetFactory;
import org.keepsake.ui.internal.inside.Unlocking;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.ProofsModel;
import org.keepsake.ui.internal.place.PlacesModel;
import org.keepsake.ui.internal.place.Vaults;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;
import org.keepsake.virtual.fault.Faults;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** A virtual iPhone, the engine, and the models of the window between them, all in one folder. */
public final class Stand implements AutoCloseable {

	/** How long a test waits for what must come. */
	public static final Duration LIMIT = Duration.ofSeconds(90);

	/** Repositories that can be made and opened. */
	public final Vaults vaults = new Vaults();
	/** The device. */
	public final VirtualIPhones phones;
	/** The engine. */
	public final Keepsake keepsake;
	/** The devices in the window. */
	public final DevicesModel devices;
	/** The backups in the window. */
	public final BackupsModel backups;
	/** The jobs in the window. */
	public final JobRunner jobs = new JobRunner();
	/** How the backups were proven. */
	public final ProofsModel proofs;
	/** Where backups go. */
	public final PlacesModel places;
	/** Answers questions for passwords, in the order they are asked; with none left the answer is no. */
	public final Queue<String> passwords = new ConcurrentLinkedQueue<>();
	/** Asks for passwords where one is needed. */
	public final Unlocking unlocking;
	/** What the window can do. */
	public final Actions actions;

	/** Opens everything below the folder. */
	public Stand(Path folder, Trust trust) throws Exception {
		this(folder, device(folder, trust, 0, 0));
	}

	/** Opens everything below the folder. */
	public Stand(Path folder, VirtualOptions device) throws Exception {
		phones = VirtualIPhones.start(0, List.of(device));
		keepsake = engine(folder, Map.of("USBMUXD_SOCKET_ADDRESS", "127.0.0.1:" + phones.address().getPort(), "HOME",
				folder.toString(), "KEEPSAKE_DEVICE_GRACE", "2"));
		devices = new DevicesModel(keepsake.devices());
		backups = new BackupsModel(keepsake);
		proofs = new ProofsModel(keepsake);
		places = new PlacesModel(keepsake);
		unlocking = new Unlocking(keepsake, (kept, wrong, monitor) -> {
			String answer = passwords.poll();
			return answer == null ? null : new Unlocking.Answer(Secret.of(answer), false);
		});
		actions = new Actions(keepsake, devices, backups, jobs, unlocking, proofs, places);
		backups.refresh();
	}

	/** A small device with quick key derivation, and this much payload besides. */
	public static VirtualOptions device(Path folder, Trust trust, int files, long bytes) {
		return new VirtualOptions(folder.resolve("phone"), null, "Ada & Zoë", null, Profile.SMALL, files, bytes, 7,
				false, trust, false, true);
	}

	/** The engine with the cable's transport and one folder; what a person keeps on this computer is not looked at. */
	private Keepsake engine(Path folder, Map<String, String> environment) throws Exception {
		Path home = folder.resolve("home");
		TransportFactory usb = (TransportFactory) usb().getConstructor().newInstance();
		Transport transport = usb.create(new TransportFactory.Context(home, environment));
		Extensions samples = SampleData.extensions();
		Extensions extensions = new Extensions(samples.dataSets(), samples.exporters(), samples.drills(),
				new Storages(List.of(vaults)), samples.transports());
		Keepsake made = new Keepsake(home, environment, List.of(transport), List.of(vaults, new OnlyGiven()),
				extensions);
		made.targets().add("shelf", folder.resolve("shelf").toString(), true);
		return made;
	}

	private static Class<?> usb() throws ClassNotFoundException {
		String name = "org.keepsake.transport.usb.internal.UsbTransportFactory";
		Bundle ours = FrameworkUtil.getBundle(Stand.class);
		return ours == null ? Class.forName(name) : Platform.getBundle("org.keepsake.transport.usb").loadClass(name);
	}

	/** Folders, but not the one where this computer keeps backups. */
	private static final class OnlyGiven implements TargetFactory {

		private final TargetFactory folders = new LocalTargetFactory();

		@Override
		public boolean accepts(String location) {
			return folders.accepts(location);
		}

		@Override
		public @Nullable String defaultLocation() {
			return null;
		}

		@Override
		public BackupTarget open(String location, Context context) throws IOException {
			return folders.open(location, context);
		}
	}

	/** The device's identifier. */
	public Udid udid() {
		return new Udid(phones.udids().getFirst());
	}

	/** Makes the device misbehave. */
	public void faults(String faults) {
		phones.faults(phones.udids().getFirst(), Faults.parse(faults));
	}

	/** Pulls the cable. */
	public void unplug() {
		phones.unplug(phones.udids().getFirst());
	}

	/** Plugs it in again. */
	public void plug() {
		phones.plug(phones.udids().getFirst());
	}

	/** Somebody answers the trust dialog, or the next one. */
	public void trust(boolean yes) {
		phones.answerTrust(phones.udids().getFirst(), yes);
	}

	/** Makes the device trust this computer, without the window. */
	public void paired() throws IOException {
		keepsake.devices().pair(udid(), JobMonitor.NONE);
		devices.refresh(udid());
		await("the device is known and paired", () -> devices.chosen().filter(DeviceItem::isPaired).isPresent());
	}

	/** Waits for the condition, and fails if it does not come. */
	public static void await(String what, BooleanSupplier condition) {
		await(() -> what, condition);
	}

	/** Waits for the condition, and fails if it does not come. */
	public static void await(Supplier<String> what, BooleanSupplier condition) {
		long end = System.nanoTime() + LIMIT.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				Assertions.fail("Waited in vain until " + what.get());
			}
			LockSupport.parkNanos(5_000_000);
		}
	}

	@Override
	public void close() {
		jobs.cancelAll(20_000);
		await("no place is asked for its room any more", () -> !places.isMeasuring());
		devices.close();
		keepsake.close();
		phones.close();
	}
}
