"""Which numbers of a funnel, of the time a step took and of the goals of a practice are shown, and what they say."""

from courses.models import Step
from courses.reading import StepText
from courses.simulators.task import GoalText
from reports.stuck import wording
from reports.stuck.comparing import Trouble, is_far_more, remarks
from reports.stuck.counts import Tried
from reports.stuck.drawings import time_chart
from reports.stuck.efforts import effort
from reports.stuck.funnels import funnel, of_one_module, order_of
from reports.stuck.goals import goal_numbers
from reports.stuck.questions import StepLine
from reports.suppression import is_apart

STEPS = [11, 12, 13, 14]


def a_funnel(**people):
    """{language: [stopped at step 1, …, finished]}."""
    furthest = {
        language: dict(zip([None, *STEPS], numbers, strict=True)) for language, numbers in people.items()
    }
    return funnel(STEPS, furthest)


def came(found, language=None):
    return [found.came(step, language) for step in range(len(STEPS) + 1)]


def test_a_funnel_of_large_numbers_is_shown_whole():
    found = a_funnel(ar=[5, 6, 7, 8, 20])

    assert came(found) == [46, 41, 35, 28, 20]
    assert came(found, "ar") == came(found)


def test_steps_between_which_few_people_stop_stand_together():
    found = a_funnel(ar=[0, 3, 4, 0, 20])

    assert came(found) == [27, 27, None, 20, 20]
    assert [(part.start, part.end, part.people) for part in found.total.parts] == [
        (0, 1, 0), (1, 3, 7), (3, 4, 0), (4, 5, 20),
    ]  # fmt: skip


def test_a_lesson_that_few_began_shows_nothing():
    assert came(a_funnel(ar=[1, 0, 0, 0, 3])) == [None] * 5


def test_nobody_is_no_secret():
    assert came(a_funnel()) == [0] * 5


def test_a_hidden_language_takes_another_with_it_so_that_the_total_does_not_give_it_back():
    found = a_funnel(ar=[5, 5, 5, 5, 20], uk=[5, 5, 5, 5, 9], ti=[0, 0, 0, 0, 3])

    assert came(found) == [72, 62, 52, 42, 32]
    assert came(found, "ti") == [None] * 5
    assert came(found, "uk") == [None] * 5
    assert came(found, "ar") == [40, 35, 30, 25, 20]


def test_who_finished_and_who_came_half_way_is_kept_before_single_steps():
    assert order_of(8) == [9, 8, 4, 2, 6, 1, 3, 5, 7]
    assert order_of(1) == [2, 1]
    assert a_funnel(ar=[2, 2, 2, 2, 9]).came(4) == 9


def test_a_step_that_was_taken_away_since_the_count_loses_nobody():
    found = funnel(STEPS, {"ar": {99: 6, 14: 10}})

    assert came(found) == [16, 10, 10, 10, 10]


def test_how_long_it_took_joins_small_bars():
    found = effort(4, a_funnel(ar=[0, 0, 0, 0, 20]), {"ar": Tried((1, 2, 3, 0, 6, 8), 15)})

    assert [(wording.time_name(part), part.people) for part in found.took.parts] == [
        ("less than 1 minute", 6), ("1 minute to 2 minutes", 0), ("2 minutes to 5 minutes", 6), ("5 minutes or longer", 8),
    ]  # fmt: skip
    assert (found.firsts.between(0, 1), found.firsts.since(1)) == (15, 5)


def test_who_came_through_a_step_does_not_give_back_how_far_they_came():
    """Three stopped at step 3, which is hidden: how many came through step 2 and step 3 would tell."""
    people = a_funnel(ar=[0, 0, 3, 4, 20])
    efforts = {n: effort(n, people, {"ar": Tried((0, 0, 0, 0, 0, through), through)}) for n, through in
               ((2, 27), (3, 24), (4, 20))}  # fmt: skip

    assert people.came(3) is None
    assert {n: one.took.all for n, one in efforts.items()} == {2: 27, 3: None, 4: 20}
    assert efforts[3].firsts.all is None


def test_a_language_whose_funnel_is_hidden_shows_no_times():
    people = a_funnel(ar=[0, 0, 0, 0, 30], uk=[0, 0, 0, 0, 20], ti=[0, 0, 0, 3, 6])
    found = effort(
        4, people, {"ar": Tried((30, 0, 0, 0, 0, 0), 30), "uk": Tried((20, 0, 0, 0, 0, 0), 20),
                    "ti": Tried((6, 0, 0, 0, 0, 0), 6)}
    )  # fmt: skip

    assert people.came(4, "ti") is None
    assert found.firsts_by_language["ti"].all is None
    assert found.firsts_by_language["uk"].all is None


def tried(*took):
    return effort(4, a_funnel(ar=[0, 0, 0, 0, sum(took)]), {"ar": Tried(took, sum(took))})


def test_a_long_time_is_the_longest_that_the_same_people_need():
    """Nobody needs from 10 seconds to two minutes: those who need ten seconds need two minutes."""
    found = tried(90, 0, 0, 0, 4, 6)

    assert (found.limit_seconds, found.slow.since(1)) == (120, 10)


def test_what_nearly_everybody_needs_is_no_long_time():
    found = tried(6, 94, 0, 0, 0, 0)

    assert (found.limit, found.slow.since(1)) == (None, None)
    assert tried(25, 75, 0, 0, 0, 0).limit_seconds == 10
    step = StepLine(4, Step(pk=14), practice(), "en")
    assert time_chart(step, found).says == "94 of 100 people needed 10 seconds or longer."


def finished(*lessons):
    """As shown, of lessons given as (stopped at their only step, finished)."""
    found = [funnel([1], {"ar": {None: stopped, 1: people}}) for stopped, people in lessons]
    return [one.came(1) for one in of_one_module(found)]


def test_a_lesson_that_few_finished_takes_another_of_its_module_with_it():
    assert finished((0, 30), (0, 28), (0, 25), (9, 3)) == [30, 28, None, None]
    assert finished((0, 30), (0, 28), (9, 3), (9, 2)) == [30, 28, None, None]
    assert finished((0, 30), (0, 28), (9, 3), (9, 1)) == [30, None, None, None]  # four are few


def test_lessons_that_hide_nothing_stay_as_they_are():
    assert finished((5, 30), (0, 28), (0, 0)) == [30, 28, 0]
    assert finished((9, 3)) == [None]


def test_who_completed_the_module_is_no_company():
    """24 of 27 finished the second lesson. Ten finished the last: the report says that ten completed the module."""
    assert finished((0, 30), (3, 24), (0, 20), (0, 10)) == [30, None, None, 10]
    assert finished((0, 30), (3, 24), (0, 10)) == [None, None, 10]
    assert finished((3, 24), (0, 10)) == [None, None]


def test_a_finish_that_is_hidden_for_another_lesson_is_not_told_by_its_last_step():
    [one, _other] = of_one_module([a_funnel(ar=[0, 0, 6, 5, 20]), a_funnel(ar=[0, 0, 0, 9, 3])])
    through = {
        n: effort(n, one, {"ar": Tried((people, 0, 0, 0, 0, 0), people)}) for n, people in ((3, 25), (4, 20))
    }
    [goal] = goal_numbers(
        practice("g"), {"g": {("tried", ""): 25, ("met", ""): 20}}, one.known, withholds=one.withholds
    )

    assert came(one) == [31, 31, 31, 25, None]
    assert came(one, "ar") == came(one)
    assert (through[3].took.all, through[4].took.all, through[4].firsts.all) == (25, None, None)
    assert (goal.tried, goal.met) == (25, None)


def test_the_sum_does_not_say_that_a_small_lesson_was_finished_by_at_least_as_many_as_it_was():
    """16 in all. As long as one lesson says that twelve began it, the other was finished by four or more."""
    one, other = of_one_module([funnel([1], {"ar": {1: people}}) for people in (12, 4)])

    assert [one.came(0), one.came(1)] == [None, None]
    assert [(part.start, part.end, part.people) for part in one.total.parts] == [
        (part.start, part.end, part.people) for part in other.total.parts
    ]
    assert effort(1, one, {"ar": Tried((12, 0, 0, 0, 0, 0), 12)}).took.all is None
    [goal] = goal_numbers(
        practice("g"), {"g": {("tried", ""): 12, ("met", ""): 12}}, one.known, withholds=one.withholds
    )
    assert (goal.tried, goal.met) == (None, None)


def test_a_lesson_that_hides_its_finish_for_another_leaves_open_that_more_people_did():
    """Nobody stopped at the last step: as many finished as came through the third."""
    [one, _other] = of_one_module([a_funnel(ar=[5, 0, 6, 0, 20]), a_funnel(ar=[0, 0, 0, 9, 3])])
    through = {
        n: effort(n, one, {"ar": Tried((people, 0, 0, 0, 0, 0), people)}) for n, people in ((2, 26), (3, 20))
    }

    assert came(one) == [31, 26, 26, None, None]
    assert {n: one.took.all for n, one in through.items()} == {2: 26, 3: None}


def test_before_a_lesson_says_nothing_at_all_another_one_hides_a_few_steps():
    [first, second, _third] = of_one_module(
        [a_funnel(ar=[0, 0, 8, 0, 30]), a_funnel(ar=[0, 0, 0, 0, 25]), a_funnel(ar=[0, 0, 0, 9, 3])]
    )

    assert came(first) == [38, 38, 38, None, None]
    assert came(second) == [25, 25, 25, 25, None]


def test_who_left_a_step_out_does_not_tell_how_many_finished_at_most():
    """Of the 31 who began, eleven left the second step out: no more than 20 can have finished."""
    [one, _other] = of_one_module([a_funnel(ar=[0, 0, 6, 5, 20]), a_funnel(ar=[0, 0, 0, 9, 3])])

    assert came(one) == [31, 31, 31, 25, None]
    assert effort(2, one, {"ar": Tried((20, 0, 0, 0, 0, 0), 20)}).took.all is None
    assert effort(2, one, {"ar": Tried((25, 0, 0, 0, 0, 0), 25)}).took.all == 25


def test_numbers_stand_apart_when_what_is_between_them_is_nobody_or_at_least_five():
    assert [n for n in range(12) if is_apart(n, [10])] == [0, 5, 10]
    assert not is_apart(3)


def practice(*ids):
    return StepText("b", "practice", "Try it", simulator="cards", goals=tuple(
        GoalText(one, "match-papers") for one in ids
    ))  # fmt: skip


def test_goals_show_who_tried_did_it_and_needed_help():
    counted = {"g": {("tried", ""): 40, ("met", ""): 35, ("hint", ""): 12, ("shown", ""): 6,
                     ("mistake", "not-this-place"): 20, ("mistake", "other"): 3}}  # fmt: skip

    [goal] = goal_numbers(practice("g", "nobody"), counted, [40])

    assert goal.sentence == "Which paper belongs where? Give each paper its place."
    assert (goal.tried, goal.met, goal.hinted, goal.shown) == (40, 35, 12, 6)
    assert [people for _told, people in goal.mistakes] == [20, None]
    assert goal.mistakes[0][0] == "Not this one. Look at the picture again."


def test_goals_hide_what_is_few_or_leaves_few():
    counted = {"g": {("tried", ""): 40, ("met", ""): 38, ("hint", ""): 4, ("shown", ""): 0}}

    [goal] = goal_numbers(practice("g"), counted, [45])

    assert (goal.tried, goal.met, goal.hinted, goal.shown) == (40, None, None, 0)


def test_goals_do_not_give_back_a_hidden_step():
    """27 came to the practice, 24 through it: the funnel hides 24, and so does its only goal."""
    [goal] = goal_numbers(practice("g"), {"g": {("tried", ""): 27, ("met", ""): 24}}, [27, 20])

    assert (goal.tried, goal.met) == (27, None)
    [goal] = goal_numbers(practice("g"), {"g": {("tried", ""): 24, ("met", ""): 24}}, [27, 20])

    assert (goal.tried, goal.met) == (None, None)


def test_far_more_is_twice_as_large_a_part_and_more_than_chance():
    assert is_far_more(12, 20, 42, 220)
    assert not is_far_more(12, 20, 112, 220)  # not twice as many
    assert not is_far_more(5, 12, 25, 132)  # chance could do it
    assert not is_far_more(5, 5, 5, 5)  # there are no others
    assert not is_far_more(0, 20, 10, 220)


def test_a_translation_that_fails_is_said_in_words():
    people = a_funnel(ar=[0, 0, 5, 0, 95], uk=[0, 0, 20, 0, 20])
    tried = {"ar": Tried((80, 15, 0, 0, 0, 0), 90), "uk": Tried((0, 5, 15, 0, 0, 0), 5)}

    [stops, slow, tries] = sorted(
        remarks(people, {4: effort(4, people, tried)}), key=lambda one: one.trouble != Trouble.STOPS
    )

    assert wording.remark_sentence(stops) == (
        "Українська: far more people stop at step 3, 20 of 40. Of all languages together 25 of 140."
    )
    assert wording.remark_sentence(slow).startswith(
        "Українська: far more people need 10 seconds or longer for step 4, 20 of 20."
    )
    assert wording.remark_sentence(tries).startswith(
        "Українська: far more people need more than one try for step 4, 15 of 20."
    )


def test_most_people_stop_where_the_largest_part_of_who_came_does():
    assert wording.most_stop(a_funnel(ar=[10, 0, 9, 0, 11])) == (
        3, 3, "Nowhere does a larger part stop than at step 3: 9 of the 20 who came there.",
    )  # fmt: skip
    assert wording.most_stop(a_funnel(ar=[0, 0, 0, 0, 11])) is None
