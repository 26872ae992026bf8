// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * The chats and calls of WhatsApp and WhatsApp Business, as the data set {@code whatsapp} gives them: records of the type
 * {@link org.keepsake.dataset.whatsapp.ChatEntry}.
 *
 * <p>
 * This bundle is the model for data sets of other apps. It uses nothing that a third party has not: the packages
 * {@code org.keepsake.core} and {@code org.keepsake.core.dataset}, and {@code org.keepsake.dataset.base} for what Apple's
 * databases have in common. What it shows:
 * <ul>
 * <li>A data set is a class without state that implements {@link org.keepsake.core.dataset.DataSet} and is named in the
 * {@code plugin.xml}; the window, the command line, search, exports to tables and the comparison of versions work with it
 * from then on.</li>
 * <li>Its records are public Java records of plain values. Nobody needs to know the type to show or export them; who does
 * wants this package exported.</li>
 * <li>Tables and columns are asked for before they are read
 * ({@link org.keepsake.dataset.base.Tables#columns(String, String, String...)}), since each version of an app has others.</li>
 * <li>What it reads is streamed. Rows are put in order by their numbers alone, and looked up behind.</li>
 * <li>People are named by the backup's address book ({@link org.keepsake.dataset.base.People}).</li>
 * <li>Its test extends {@code org.keepsake.testing.DataSetContract}, which tries three generations, cancelling, and
 * damage.</li>
 * </ul>
 * A step by step guide is in {@code docs/plug-ins.md}.
 */
@NonNullByDefault
package org.keepsake.dataset.whatsapp;

import org.eclipse.jdt.annotation.NonNullByDefault;
