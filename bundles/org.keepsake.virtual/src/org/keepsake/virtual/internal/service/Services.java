// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;

import org.keepsake.virtual.internal.backup.BackupAgent;
import org.keepsake.virtual.internal.phone.VirtualPhone;

/** The services of one phone by the names that clients ask for. */
public final class Services {

	private Services() {
	}

	/** Handlers for each service. */
	public static Map<String, ServiceHandler> of(VirtualPhone phone) {
		Map<String, ServiceHandler> services = new LinkedHashMap<>();
		NotificationProxy notifications = new NotificationProxy(phone.notifications());
		services.put("com.apple.mobile.notification_proxy", notifications);
		services.put("com.apple.mobile.insecure_notification_proxy", notifications);
		services.put("com.apple.afc", new Afc(phone.mediaFolder(), phone.locks()));
		services.put("com.apple.mobile.installation_proxy", new InstallationProxy());
		services.put("com.apple.springboardservices", new SpringBoardServices());
		services.put("com.apple.mobile.diagnostics_relay", new DiagnosticsRelay());
		services.put("com.apple.mobile.heartbeat", new Heartbeat());
		services.put("com.apple.mobilebackup2", new BackupAgent());
		return services;
	}
}
