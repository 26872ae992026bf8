// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.base.Tables;

/**
 * What samples consist of beyond their records: the points of routes, the voltages of electrocardiograms. For one thread.
 * Voltages are a message of Protocol Buffers, described in {@code christophhagen/HealthDB} {@code ECGVoltageData.proto}.
 */
final class HealthSeries implements Closeable {

	/** An electrocardiogram of the watch takes half a minute, in about 60 KiB. */
	private static final int MOST_BYTES = 16 << 20;
	private static final String BY_NUMBER = "sample-";

	private final @Nullable HealthDatabase database;
	private final @Nullable String points;

	/**
	 * Voltages.
	 *
	 * @param hertz      how many there are in a second; 0 if unknown
	 * @param microvolts one after the other
	 */
	record Voltages(double hertz, FloatBuffer microvolts) {
	}

	/** Opens those of a backup, which may have none. */
	HealthSeries(BackupContent content) throws IOException {
		HealthDatabase opened = HealthDatabase.open(content);
		database = opened;
		points = opened == null ? null : opened.points();
	}

	/** Visits the points of a route, by the key of its sample, in order. */
	void points(String route, Tables.RowVisitor visitor) throws IOException {
		HealthDatabase from = database;
		String sql = points;
		if (from != null && sql != null) {
			Long id = id(from.tables(), route);
			if (id != null) {
				from.tables().query(sql, List.of(id), visitor);
			}
		}
	}

	/** The voltages of an electrocardiogram, by the key of its sample; null if there are none that can be read. */
	@Nullable
	Voltages voltages(String ecg) throws IOException {
		HealthDatabase from = database;
		if (from == null || !from.tables().has("ecg_samples", "voltage_payload")) {
			return null;
		}
		Long id = id(from.tables(), ecg);
		List<Voltages> found = new ArrayList<>();
		if (id != null) {
			from.tables().query(
					"SELECT voltage_payload FROM ecg_samples WHERE data_id = ? AND length(voltage_payload) <= "
							+ MOST_BYTES,
					List.of(id), row -> {
						byte[] payload = row.bytes("voltage_payload");
						Voltages read = payload == null ? null : voltages(payload);
						return read == null || found.add(read);
					});
		}
		return found.isEmpty() ? null : found.getFirst();
	}

	/** The voltages of a payload; null if there is none in it. */
	static @Nullable Voltages voltages(byte[] payload) {
		ProtobufReader message = new ProtobufReader(payload);
		ProtobufReader inner = message.message(1);
		if (inner == null) {
			return null;
		}
		FloatBuffer all = FloatBuffer.allocate(payload.length / Float.BYTES + 1);
		for (byte[] packed : inner.allBytes(3)) {
			all.put(ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
		}
		if (all.position() == 0) {
			for (Long bits : inner.numbers(3)) {
				all.put(Float.intBitsToFloat(bits.intValue()));
			}
		}
		double hertz = message.real(2);
		return all.position() == 0 ? null
				: new Voltages(Double.isFinite(hertz) && hertz > 0 ? hertz : 0, all.flip().asReadOnlyBuffer());
	}

	/** The number of the sample with that key, as {@link HealthReader} makes keys. */
	private static @Nullable Long id(Tables tables, String key) throws IOException {
		List<Long> found = new ArrayList<>();
		try {
			if (key.startsWith(BY_NUMBER)) {
				return Long.valueOf(key.substring(BY_NUMBER.length()));
			}
			UUID uuid = UUID.fromString(key);
			byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(uuid.getMostSignificantBits())
					.putLong(uuid.getLeastSignificantBits()).array();
			if (tables.has("objects", "uuid")) {
				tables.query("SELECT data_id FROM objects WHERE uuid = ?", List.of(bytes),
						row -> found.add(row.integer("data_id")) && false);
			}
		} catch (IllegalArgumentException e) {
			return null;
		}
		return found.isEmpty() ? null : found.getFirst();
	}

	@Override
	public void close() throws IOException {
		HealthDatabase opened = database;
		if (opened != null) {
			opened.close();
		}
	}
}
