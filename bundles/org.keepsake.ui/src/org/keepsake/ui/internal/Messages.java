// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import org.eclipse.osgi.util.NLS;

/** Texts of the window; {@code messages.properties} beside this class. */
@SuppressWarnings("javadoc")
public final class Messages extends NLS {

	public static String backup_cancelled = "";
	public static String backup_done = "";
	public static String backup_done_nothing = "";
	public static String backup_title = "";
	public static String backups_column_date = "";
	public static String backups_column_device = "";
	public static String backups_column_encrypted = "";
	public static String backups_column_ios = "";
	public static String backups_column_size = "";
	public static String backups_column_state = "";
	public static String backups_column_target = "";
	public static String backups_delete = "";
	public static String backups_empty = "";
	public static String backups_inside = "";
	public static String backups_list = "";
	public static String backups_loading = "";
	public static String backups_restore = "";
	public static String backups_state_complete = "";
	public static String backups_state_incomplete = "";
	public static String backups_verify = "";
	public static String button_cancel = "";
	public static String button_dismiss = "";
	public static String button_try_again = "";
	public static String delete_confirm = "";
	public static String delete_done = "";
	public static String delete_title = "";
	public static String device_back_up = "";
	public static String device_battery = "";
	public static String device_battery_charging = "";
	public static String device_battery_value = "";
	public static String device_checking = "";
	public static String device_empty = "";
	public static String device_encryption = "";
	public static String device_encryption_change = "";
	public static String device_encryption_off = "";
	public static String device_encryption_on = "";
	public static String device_encryption_set = "";
	public static String device_encryption_unknown = "";
	public static String device_kept_in = "";
	public static String device_last_backup = "";
	public static String device_last_backup_none = "";
	public static String device_pair = "";
	public static String device_pair_why = "";
	public static String device_restore = "";
	public static String device_storage = "";
	public static String device_storage_value = "";
	public static String encryption_changed = "";
	public static String encryption_current = "";
	public static String encryption_mismatch = "";
	public static String encryption_new = "";
	public static String encryption_off = "";
	public static String encryption_removed = "";
	public static String encryption_repeat = "";
	public static String encryption_set = "";
	public static String encryption_title = "";
	public static String encryption_warning = "";
	public static String inside_absent = "";
	public static String inside_all_values = "";
	public static String inside_choose = "";
	public static String inside_column_date = "";
	public static String inside_column_headline = "";
	public static String inside_conversation = "";
	public static String inside_count = "";
	public static String inside_counting = "";
	public static String inside_cut = "";
	public static String inside_data_sets = "";
	public static String inside_day_form = "";
	public static String inside_day_wrong = "";
	public static String inside_details = "";
	public static String inside_details_none = "";
	public static String inside_file_missing = "";
	public static String inside_files = "";
	public static String inside_filter = "";
	public static String inside_filter_nothing = "";
	public static String inside_filter_some = "";
	public static String inside_hits = "";
	public static String inside_me = "";
	public static String inside_none = "";
	public static String inside_one = "";
	public static String inside_opening = "";
	public static String inside_opening_cancelled = "";
	public static String inside_part = "";
	public static String inside_part_before = "";
	public static String inside_part_next = "";
	public static String inside_partial = "";
	public static String inside_picture_loading = "";
	public static String inside_picture_none = "";
	public static String inside_reading = "";
	public static String inside_reading_some = "";
	public static String inside_records = "";
	public static String inside_search = "";
	public static String inside_search_found = "";
	public static String inside_search_how = "";
	public static String inside_search_nothing = "";
	public static String inside_searching = "";
	public static String inside_secrets = "";
	public static String inside_since = "";
	public static String inside_sort_by = "";
	public static String inside_sort_none = "";
	public static String inside_unreadable = "";
	public static String inside_until = "";
	public static String job_cancelled = "";
	public static String job_cancelling = "";
	public static String job_starting = "";
	public static String job_time_left = "";
	public static String pair_done = "";
	public static String pair_title = "";
	public static String quit_busy = "";
	public static String restore_button = "";
	public static String restore_check = "";
	public static String restore_checking = "";
	public static String restore_copy_first = "";
	public static String restore_device = "";
	public static String restore_done = "";
	public static String restore_from = "";
	public static String restore_keep_settings = "";
	public static String restore_no_device = "";
	public static String restore_password = "";
	public static String restore_reboot = "";
	public static String restore_remaining = "";
	public static String restore_remove_others = "";
	public static String restore_system_files = "";
	public static String restore_title = "";
	public static String restore_understood = "";
	public static String restore_working = "";
	public static String sidebar_devices = "";
	public static String sidebar_none = "";
	public static String unlock_button = "";
	public static String unlock_password = "";
	public static String unlock_remember = "";
	public static String unlock_title = "";
	public static String unlock_why = "";
	public static String verify_damaged = "";
	public static String verify_done = "";
	public static String verify_password = "";
	public static String verify_title = "";

	static {
		NLS.initializeMessages("org.keepsake.ui.internal.messages", Messages.class);
	}

	private Messages() {
	}
}
