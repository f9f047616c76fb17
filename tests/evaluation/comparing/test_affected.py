from __future__ import annotations

import pytest

from agent.evaluation.comparing.affected import Affected, affected, narrowed
from agent.rubric import Cap, Rubric
from agent.rubric_diff import diff
from tests.evaluation.comparing.graded import FIRST, NAMES, RUBRIC, SECOND


def edited(**fields: object) -> Rubric:
    """The rubric with other fields in one competency."""
    kept = tuple(each.model_copy(update=fields) if each.id == FIRST else each for each in RUBRIC.competencies)
    return RUBRIC.model_copy(update={"competencies": kept, "version": "9.0.0"})


def touched(after: Rubric) -> Affected:
    return affected(diff(RUBRIC, after), RUBRIC)


@pytest.mark.parametrize(
    "fields",
    [
        {"levels": {**RUBRIC.competencies[0].levels, 5: "Something else."}},
        {"indicators": RUBRIC.competencies[0].indicators[1:]},
        {"counter_indicators": RUBRIC.competencies[0].counter_indicators[1:]},
        {"caps": (Cap(counter=RUBRIC.competencies[0].counter_indicators[0].id, level=1, reason="So."),)},
        {"not_observed": "Never."},
        {"definition": "Otherwise."},
        {"name": "Otherwise"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_a_judge_reads_can_move_levels(fields: dict[str, object]) -> None:
    found = touched(edited(**fields))
    assert found.levels == (FIRST,)
    assert (found.weights, found.advice, found.moves_overall) == ((), (), False)
    assert found.untouched == NAMES[1:]


def test_a_weight_moves_the_overall_score_alone() -> None:
    for after in (edited(weight=3.0), RUBRIC.model_copy(update={"formats": {"Panel": {FIRST: 3.0}}})):
        found = touched(after)
        assert FIRST in found.weights
        assert (found.levels, found.moves_overall, found.untouched) == ((), True, NAMES)


def test_what_to_practise_moves_nothing() -> None:
    found = touched(edited(next_steps=("Read.", "Write.")))
    assert (found.advice, found.levels, found.weights, found.moves_overall) == ((FIRST,), (), (), False)


def test_added_and_removed_competencies_change_what_the_overall_score_is_of() -> None:
    less = RUBRIC.model_copy(update={"competencies": RUBRIC.competencies[1:], "formats": {}})
    without, more = affected(diff(RUBRIC, less), RUBRIC), affected(diff(less, RUBRIC), less)
    assert (without.removed, without.moves_overall) == ((FIRST,), True)
    assert FIRST not in without.untouched
    assert (more.added, more.moves_overall) == ((FIRST,), True)


def test_a_narrowed_rubric_keeps_the_words_of_what_it_keeps() -> None:
    found = narrowed(RUBRIC, (SECOND,))
    assert found.competencies == (RUBRIC.competencies[1],)
