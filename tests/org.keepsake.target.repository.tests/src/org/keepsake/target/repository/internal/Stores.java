// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.RegistryFactory;
import org.keepsake.core.storage.StorageFactory;

/** Stores that other bundles contribute: by the registry, and where there is none, by their class. */
final class Stores {

	private static final String FOLDER = "org.keepsake.storage.file.internal.FileStorageFactory";

	private Stores() {
	}

	/** Repositories in folders. */
	static StorageFactory folders() {
		try {
			if (RegistryFactory.getRegistry() == null) {
				return (StorageFactory) Class.forName(FOLDER).getConstructor().newInstance();
			}
			for (IConfigurationElement element : RegistryFactory.getRegistry()
					.getConfigurationElementsFor("org.keepsake.core.storages")) {
				if (FOLDER.equals(element.getAttribute("class"))) {
					return (StorageFactory) element.createExecutableExtension("class");
				}
			}
		} catch (ReflectiveOperationException | org.eclipse.core.runtime.CoreException e) {
			throw new IllegalStateException(e);
		}
		throw new IllegalStateException("No repositories in folders are installed");
	}
}
