"""What a quoted sentence is said to show: the shipped heads, on sentences that leave no doubt and on ones that show nothing."""

from __future__ import annotations

import pytest

from agent.judge.learned.names import shipped_names
from agent.library import Library
from agent.library.library import shipped
from agent.memory.embedder import default_embedder
from agent.rubric import Competency, Rubric

EMBEDDER = default_embedder()


@pytest.fixture(scope="module")
def core() -> Rubric:
    return Library((shipped(),)).rubric("core")


def _competency(core: Rubric, id: str) -> Competency:
    return next(each for each in core.competencies if each.id == id)


def _named(core: Rubric, competency: str, sentence: str, *, supports: bool = True) -> str | None:
    found = shipped_names().name_of(sentence, _competency(core, competency), EMBEDDER, supports=supports)
    return found.id if found else None


def test_it_knows_every_indicator_of_the_rubric(core: Rubric) -> None:
    for each in core.competencies:
        known = set(shipped_names().competencies[each.id].heads)
        assert known == {one.id for one in (*each.indicators, *each.counter_indicators)}


def test_examples_of_the_rubric_that_get_a_name_get_their_own(core: Rubric) -> None:
    found = [
        (shipped_names().name_of(text, each, EMBEDDER, supports=supports), one)
        for each in core.competencies
        for supports, side in ((True, each.indicators), (False, each.counter_indicators))
        for one in side
        for text in one.heard.examples
    ]
    named = [name is one for name, one in found if name]
    assert len(named) / len(found) > 0.5
    assert sum(named) / len(named) > 0.8


def test_a_sentence_that_shows_nothing_gets_no_name(core: Rubric) -> None:
    assert _named(core, "ethics_fairness", "Right, let me see, where were we.") is None


def test_a_changed_competency_gets_no_names(core: Rubric) -> None:
    first = core.competencies[0]
    changed = first.model_copy(update={"definition": "Something else."})
    example = first.indicators[0].heard.examples[0]
    assert shipped_names().name_of(example, changed, EMBEDDER, supports=True) is None


def test_the_report_is_of_what_the_fit_had_not_seen() -> None:
    report = shipped_names().report
    assert report["right_where_named"] > report["right"] > 0.4
    assert 0.3 < report["named"] < 0.8
