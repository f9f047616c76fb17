from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.evaluation.items import Item
from agent.evaluation.labelling import Labelling, Outcome, Question, Stage, questions
from agent.evaluation.ratings_file import opened
from agent.rubric import Rubric
from tests.evaluation.conftest import SAID

OWN = [SAID[0], "told the client"]
KEYS = ["1", "3", "5", "n", "N", "s", "b", "t", "?", "", "6", "x", "something never said", *OWN]


@pytest.fixture(scope="session")
def asked(item: Callable[..., Item], rubric: Rubric) -> list[Question]:
    """Six questions: three competencies of two items."""
    return questions([item("one"), item("two")], rubric.competencies[:3])


def typed(labelling: Labelling, *keys: str) -> list[Outcome]:
    return [labelling.answer(key) for key in keys]


def values(labelling: Labelling) -> list[tuple[str, str, float | None]]:
    return [(one.item, one.competency, one.value) for one in labelling.ratings]


def expected(keys: Sequence[str], asked: Sequence[Question]) -> list[dict[str, Any]]:
    """What the lines should be, by a stack of answers: the question is always the one after those that stand."""
    stood: list[dict[str, Any] | None] = []
    wanted: list[str] = []
    for key in keys:
        if key in ("t", "?"):
            continue
        if key == "b":
            del stood[-1:]
            wanted = []
        elif wanted:
            if key in OWN:
                stood[-1] = {**(stood[-1] or {}), wanted[0]: key}
            wanted = wanted[1:] if key in ("", *OWN) else wanted
        elif len(stood) == len(asked):
            break
        elif key in "135" and key:
            stood.append(_line(asked[len(stood)], int(key)))
            wanted = ["best", "worst"]
        elif key in ("n", "N", "s"):
            stood.append(None if key == "s" else _line(asked[len(stood)], None))
    return [line for line in stood if line]


def _line(question: Question, value: int | None) -> dict[str, Any]:
    return {"item": question.item.id, "competency": question.competency.id, "rater": "anna", "value": value}


@given(keys=st.lists(st.sampled_from(KEYS), max_size=40))
def test_after_any_keys_the_file_holds_what_was_given_and_not_taken_back(asked: list[Question], keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anna.jsonl"
        with opened(path, "anna") as file:
            labelling = Labelling(asked, "anna")
            for number, key in enumerate(keys, 1):
                if labelling.is_stopped:
                    break
                labelling.answer(key)
                file.follow(labelling.ratings)
                assert [json.loads(line) for line in path.read_bytes().splitlines()] == expected(keys[:number], asked)
        assert sum(labelling.counts) == len(asked)


@given(keys=st.lists(st.sampled_from(KEYS), max_size=25))
def test_the_next_sitting_asks_what_has_no_rating(asked: list[Question], keys: list[str]) -> None:
    first = Labelling(asked, "anna")
    typed(first, *keys)
    second = Labelling(asked, "anna", first.ratings)
    rated = {(one.item, one.competency) for one in first.ratings}

    for question in [one for one in asked if one.key not in rated]:
        assert second.question == question
        second.answer("n")
    assert second.question is None
    assert {(one.item, one.competency) for one in second.ratings} == {one.key for one in asked}


def test_a_level_is_followed_by_two_quotes_and_not_observed_by_none(asked: list[Question]) -> None:
    labelling = Labelling(asked, "anna")
    assert typed(labelling, "4", "TOLD  THE CLIENT", "") == [Outcome.TAKEN] * 3
    assert (labelling.ratings[0].best, labelling.ratings[0].worst) == ("told the client", None)
    typed(labelling, "n")
    assert (labelling.stage, labelling.question) == (Stage.LEVEL, asked[2])


def test_words_that_the_candidate_did_not_say_are_refused_and_asked_again(asked: list[Question]) -> None:
    labelling = Labelling(asked, "anna")
    assert typed(labelling, "2", "What did you see?", "5") == [Outcome.TAKEN, Outcome.NOT_SAID, Outcome.NOT_SAID]
    assert labelling.stage is Stage.BEST
    assert labelling.ratings[0].best is None


def test_back_takes_a_level_back_while_its_quotes_are_asked(asked: list[Question]) -> None:
    labelling = Labelling(asked, "anna")
    assert typed(labelling, "2", "", "b")[-1] is Outcome.TAKEN_BACK
    assert (labelling.stage, labelling.question, labelling.ratings) == (Stage.LEVEL, asked[0], [])


def test_back_reaches_into_an_earlier_sitting_and_no_further_than_the_items(asked: list[Question]) -> None:
    first = Labelling(asked, "anna")
    typed(first, "n", "n")
    second = Labelling(asked[1:], "anna", first.ratings)
    assert typed(second, "b", "b") == [Outcome.TAKEN_BACK, Outcome.NOTHING_TO_TAKE_BACK]
    assert second.question == asked[1]
    assert values(second) == values(first)[:1]


def test_the_last_answer_can_be_taken_back_before_the_end(asked: list[Question]) -> None:
    labelling = Labelling(asked, "anna")
    typed(labelling, *"nnnnnn")
    assert labelling.question is None
    assert labelling.answer("b") is Outcome.TAKEN_BACK
    assert labelling.question == asked[-1]


def test_stopping_while_a_quote_is_asked_keeps_the_level(asked: list[Question]) -> None:
    labelling = Labelling(asked, "anna")
    assert typed(labelling, "n", "s", "5", "q")[-1] is Outcome.STOPPED
    assert labelling.is_stopped
    assert [value for *_, value in values(labelling)] == [None, 5]
    assert labelling.counts == (1, 1, 1, 3)
    assert labelling.items == {"one": 1, "two": 3}


def test_a_rater_who_names_competencies_is_asked_for_them_whatever_the_scene_shows(item: Callable[..., Item], rubric: Rubric) -> None:
    first, second = rubric.competencies[:2]
    items = [item("narrow", competencies=(second.id,)), item("wide")]
    assert [one.key for one in questions(items, [first])] == [("wide", first.id)]
    assert [one.key for one in questions(items, [first], named=True)] == [("narrow", first.id), ("wide", first.id)]
    assert [(one.item_number, one.number, one.of) for one in questions(items, [first, second])] == [(1, 1, 1), (2, 1, 2), (2, 2, 2)]
