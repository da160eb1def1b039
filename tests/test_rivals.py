"""What other schedulers do to a post (design, section 10): each failing has a test of ours, by name.

This holds the list and the tests together: one that is renamed or taken away is missed here.
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

FAILINGS = {
    "duplicates after a killed worker": (
        "crash/test_each_point.py::test_killed_there_nothing_is_lost_and_nothing_is_doubled",
        "crash/test_random_kills.py::test_random_kills_lose_nothing_and_double_nothing",
    ),
    "duplicates after a lost answer": (
        "publishing/test_rivals.py::test_an_answer_later_than_the_time_out_gives_no_copies",
        "publishing/test_road.py::test_a_lost_answer_is_never_resent_without_proof",
    ),
    "rows stuck in “publishing” for ever": (
        "publishing/test_road.py::test_a_worker_lost_before_begin_costs_nothing",
        "publishing/test_road.py::test_a_worker_lost_after_begin_is_uncertain_and_looked_up",
        "publishing/test_road.py::test_processing_is_looked_at_again_until_it_shows",
    ),
    "back-off stored and ignored": ("publishing/test_rivals.py::test_back_off_is_not_only_stored_but_kept",),
    "stale posts fired after an outage": (
        "publishing/test_rivals.py::test_after_six_hours_down_sixty_stale_posts_are_not_blasted_but_wait_for_a_decision",
    ),
    "idempotency key new on every try": (
        "publishing/test_rivals.py::test_the_idempotency_key_is_the_same_on_every_try",
    ),
    "alt text stored and never delivered": (
        "publishing/adapters/contract_content.py::test_every_image_arrives_with_its_alt_text",
    ),
    "a failed image upload and the post sent without it": (
        "publishing/adapters/contract_faults.py::test_a_refused_image_stops_the_post",
        "publishing/adapters/contract_faults.py::test_a_lost_answer_to_an_image_is_temporary_and_nothing_is_posted",
    ),
    "images degraded in transit": (
        "cms/pictures/test_writing.py::test_text_goes_without_loss_while_it_fits",
        "cms/pictures/test_writing.py::test_a_photograph_is_as_good_as_the_bytes_allow",
    ),
    "approval by the author": (
        "cms/test_approval.py::test_nobody_approves_what_they_wrote",
        "cms/test_four_eyes.py::test_the_author_approves_in_the_admin_by_no_button_of_wagtail",
    ),
    "swapped image sent without new approval": (
        "cms/test_four_eyes.py::test_a_picture_swapped_under_the_same_number_goes_nowhere_without_a_new_approval",
    ),
    "edited scheduled post sent without new approval": (
        "cms/test_approval.py::test_an_edit_after_approval_holds_the_send_until_a_new_approval_replaces_it",
    ),
    "an approved post published with later text": (
        "cms/test_four_eyes.py::test_words_that_are_live_do_not_change_by_a_save",
        "cms/test_four_eyes.py::test_a_variant_changed_in_the_database_does_not_change_what_is_sent",
        "publishing/test_road.py::test_a_message_changed_after_approval_is_never_sent",
    ),
    "a stop that lets through what is due within a minute": (
        "publishing/test_stop_race.py::test_no_send_begins_after_stop_has_returned",
        "concurrency/test_stop_under_load.py::test_nothing_begins_after_stop_has_returned",
    ),
    "a stop that fires the backlog on resume": (
        "publishing/test_decisions.py::test_what_came_due_while_stopped_is_held_even_when_no_worker_looked",
        "concurrency/test_stop_and_begin.py::test_lifting_against_claiming_lets_nothing_go",
    ),
    "slots that drift with summer time": (
        "campaigns/test_recurrence.py::test_nine_oclock_stays_nine_oclock_and_the_two_odd_hours_follow_the_stated_rule",
    ),
    "a whole post failed because one channel did, then resent to all": (
        "publishing/test_rivals.py::test_one_channel_that_fails_neither_stops_nor_repeats_the_others",
    ),
    "the first exception stops the rest of the queue": (
        "publishing/test_road.py::test_an_undeclared_error_fails_loudly_and_does_not_stop_the_next",
        "publishing/test_road.py::test_a_guard_that_breaks_does_not_stop_the_queue",
        "crash/test_dead_channels.py::test_many_dead_channels_do_not_delay_one_that_answers",
    ),
    "success reported and nothing there": (
        "publishing/test_rivals.py::test_success_that_is_claimed_but_not_there_is_noticed",
    ),
    "a calendar with no keyboard path": (
        "browser/test_calendar.py::test_by_keyboard_it_is_found_opened_and_given_a_new_time",
    ),
    "iCal with only what is already published": (
        "campaigns/test_subscribing.py::test_the_plan_is_read_without_logging_in_and_without_a_text",
    ),
    "no Danish": (
        "test_danish.py::test_every_string_has_its_danish",
        "test_danish_everywhere.py::test_whoever_looks_reads_danish_on_every_page",
    ),
}


@pytest.mark.parametrize("failing", FAILINGS)
def test_each_has_a_test_that_shows_we_do_not(failing):
    for place in FAILINGS[failing]:
        file, _colons, name = place.partition("::")
        assert re.search(rf"^ *def {name}\(", (TESTS / file).read_text(), re.MULTILINE), place
