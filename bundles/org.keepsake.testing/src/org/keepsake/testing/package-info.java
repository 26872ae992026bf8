// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * contract tests that every target, transport and data set must pass, ours and those of plug-in authors, and what they are made
 * of. An author subclasses {@link org.keepsake.testing.TargetContract} or
 * {@link org.keepsake.testing.TransportContract} or
 * {@link org.keepsake.testing.DataSetContract}, implements its abstract methods, and runs it with JUnit 5.
 *
 * <pre>
 * class MyTargetTest extends TargetContract {
 *     &#64;TempDir Path folder;
 *
 *     &#64;Override
 *     protected BackupTarget open() {
 *         return new MyTarget(folder);
 *     }
 *     …
 * }
 * </pre>
 *
 * {@link org.keepsake.testing.SampleDevice} writes backups as a device does, {@link org.keepsake.testing.StrictMonitor}
 * watches how a job reports. For storages there are {@link org.keepsake.testing.StorageContract},
 * {@link org.keepsake.testing.FileServerContract} and {@link org.keepsake.testing.ResticJudge}, with
 * {@link org.keepsake.testing.ServerProgram} for a real server and {@link org.keepsake.testing.TroubleServer} for one
 * that misbehaves.
 */
@NonNullByDefault
package org.keepsake.testing;

import org.eclipse.jdt.annotation.NonNullByDefault;
